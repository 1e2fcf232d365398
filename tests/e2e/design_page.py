"""A page with every part of the kit on it, and a map of three walks: only tests serve it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

if TYPE_CHECKING:
    from django.http import HttpRequest

LON, LAT = 9.5215, 47.141
PAGE = """{% extends "base.html" %}
{% block title %}Every part{% endblock %}
{% block body_class %}{{ split|yesno:"has-split," }}{% endblock %}
{% block head %}{% include "parts/map_head.html" %}{% endblock %}
{% block heading %}Every part{% endblock %}{% block sub %}A name of sixty characters: Llanfairpwllgwyngyllgogerychwyrndrobwll{% endblock %}
{% block actions %}<a class="btn" href="/design/">Second</a><a class="btn btn-primary" href="/design/">The main button</a>{% endblock %}
{% block content %}
{% if split %}
<div class="split"><div class="split-map">{% include "parts/map.html" with style="/design/style.json" doors="/design/doors.json" route="/design/route-{walk}.json" list="walks" %}</div>
<div class="split-list" tabindex="0"><ul class="list" id="walks">{% for n in "123" %}<li><a class="list-row" href="?walk={{ n }}" data-walk="{{ n }}"><span class="walk-number">{{ n }}</span><span class="grow"><strong>Street {{ n }}</strong><span class="muted">20 doors</span></span></a></li>{% endfor %}</ul></div></div>
{% else %}
<div class="cards">
  <div class="card">{% include "parts/stat.html" with label="Contact rate" value="31 %" of="412 of 1,343 doors knocked" at=now %}</div>
  <div class="card">{% include "parts/stat.html" with label="Streets kept whole" value="94 %" of="47 of 50" %}{% include "parts/bar.html" with part=47 whole=50 label="47 of 50 streets kept whole" kind="ok" %}</div>
  <div class="card"><p>{% for kind in kinds %}{% include "parts/tag.html" with kind=kind word=kind %} {% endfor %}</p></div>
</div>
{% include "parts/error.html" with title="The file ends in the middle of row 12." text="Nothing was written." button="Choose another file" action="/design/" %}
{% include "parts/undo.html" with text="Walk 7 is handed out to Tom." action="/design/" %}
{% include "parts/empty.html" with icon="map" title="No walks yet" text="Choose whom to visit, then cut." button="Choose" action="/design/" %}
{% include "parts/loading.html" %}
<div class="card"><h2>Progress</h2><div class="job"><label for="p">Cutting</label><progress id="p" max="1" value="0.4">40 %</progress><p class="job-note">Cutting walk 12 of 25</p></div></div>
<div class="card"><div class="table-wrap"><table class="table"><caption>Many columns</caption><thead><tr>{% for n in "1234567890" %}<th scope="col" class="num">Column {{ n }}</th>{% endfor %}</tr></thead><tbody><tr>{% for n in "1234567890" %}<td class="num">1,234,{{ n }}00</td>{% endfor %}</tr></tbody></table></div></div>
<form class="card form-card" method="get">{% include "parts/form.html" with form=form %}<button class="btn btn-outline-secondary" type="submit">Save</button></form>
<ul class="legend">{% for n in "12345" %}<li><span class="swatch support-{{ n }}"></span>Level {{ n }}</li>{% endfor %}</ul>
<dl class="kv"><dt>Holder</dt><dd>Tom</dd></dl>
{% include "parts/pages.html" with older="?page=2" said="1 to 50 of 90" %}
{% endif %}
{% endblock %}"""


class Example(forms.Form):
    """One field of each kind; the first is wrong."""

    name = forms.CharField(label="Name", help_text="As on the register.")
    when = forms.ChoiceField(label="When", choices=[("a", "Saturday"), ("b", "Sunday")])
    how = forms.ChoiceField(
        label="How", choices=[("a", "By doors"), ("b", "By minutes")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="Agreed", required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)


def render(request: HttpRequest, **context: Any) -> HttpResponse:
    """The page, with or without the map."""
    context |= {
        "form": Example({"how": "a", "when": "a"}),
        "kinds": ["out", "ok", "warn", "bad", "hope"],
        "now": dt.datetime.now(tz=dt.UTC) - dt.timedelta(seconds=12),
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def doors(request: HttpRequest) -> JsonResponse:
    """Three walks of twenty doors."""
    return JsonResponse(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {
                        "type": "Point",
                        "coordinates": [
                            LON + walk * 0.003 + stop % 2 * 0.0004,
                            LAT + stop * 0.0002,
                        ],
                    },
                    "properties": {"walk": walk, "stop": stop + 1, "label": f"{stop + 1} Street"},
                }
                for walk in (1, 2, 3)
                for stop in range(20)
            ],
        }
    )


def route(request: HttpRequest, walk: int) -> JsonResponse:
    """The line of one walk and its doors in order."""
    x = LON + walk * 0.003 + 0.0002
    line = {"type": "LineString", "coordinates": [[x, LAT], [x, LAT + 0.004]]}
    stops = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [x + (stop % 2 - 0.5) * 0.0004, LAT + stop * 0.0002],
            },
            "properties": {"stop": stop + 1},
        }
        for stop in range(20)
    ]
    features = [{"type": "Feature", "geometry": line, "properties": {}}, *stops]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def style(request: HttpRequest) -> JsonResponse:
    """A map of nothing but paper."""
    return JsonResponse(
        {
            "version": 8,
            "sources": {},
            "layers": [
                {"id": "paper", "type": "background", "paint": {"background-color": "#efece4"}}
            ],
        }
    )


urlpatterns = [
    path("", include("hustings.server.urls")),
    path("design/", lambda request: render(request)),
    path("design/map/", lambda request: render(request, split=True)),
    path("design/doors.json", doors),
    path("design/route-<int:walk>.json", route),
    path("design/style.json", style),
]
