"""Every address of this installation."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from hustings.apps.dispatch import phone_views as tables
from hustings.apps.exchange.node_views import find_node, find_record
from hustings.apps.statements.public_views import verify
from hustings.server import views

# Below /c/<slug>/ the middleware has checked the membership and bound the wall.
campaign_urls: list[URLPattern | URLResolver] = [
    path("", views.campaign_home, name="campaign-home"),
    path("jobs/", include("hustings.apps.jobs.urls")),
    path("people/", include("hustings.apps.people.urls")),
    path("people/", include("hustings.apps.erasure.urls")),
    path("volunteers/", include("hustings.apps.volunteers.urls")),
    path("register/", include("hustings.apps.register.urls")),
    path("turf/", include("hustings.apps.outings.urls")),
    path("places/", include("hustings.apps.places.urls")),
    path("polling/", include("hustings.apps.polling.urls")),
    path("materials/", include("hustings.apps.materials.urls")),
    path("copies/", include("hustings.apps.exports.urls")),
    path("contributions/", include("hustings.apps.contributions.urls")),
    path("scripts/", include("hustings.apps.scripts.urls")),
    path("map/", include("hustings.apps.places.map_urls")),
    path("settings/", include("hustings.apps.accounts.urls")),
    path("statements/clippings/", include("hustings.apps.clippings.urls")),
    path("statements/", include("hustings.apps.statements.urls")),
    path("exchange/", include("hustings.apps.exchange.urls")),
    path("lending/", include("hustings.apps.lending.urls")),
    path("results/", include("hustings.apps.results.urls")),
    path("contests/", include("hustings.apps.contests.urls")),
    path("contests/", include("hustings.apps.contests.live_urls")),
    path("phones/", include("hustings.apps.canvass.desk_urls")),
    path("safety/", include("hustings.apps.safety.urls")),
    path("sessions/", include("hustings.apps.shifts.urls")),
    path("today/", include("hustings.apps.today.urls")),
    path("follow-ups/", include("hustings.apps.followups.urls")),
    path("tables/", include("hustings.apps.dispatch.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthy/", views.healthy, name="healthy"),
    path("sign-in/link/<str:secret>/", views.sign_in_by_link, name="sign-in-link"),
    path(
        "accounts/login/code/confirm/",
        views.confirm_login_code,
        name="account_confirm_login_code",
    ),
    path("accounts/", include("allauth.urls")),
    path("c/<slug:slug>/", include(campaign_urls)),
    path("w/safety/", include("hustings.apps.safety.phone_urls")),
    path("t/<str:token>/", tables.scanned, name="scanned"),
    path("w/t/", include("hustings.apps.dispatch.phone_urls")),
    path("w/ninety/", tables.ninety, name="ninety"),
    path("w/", include("hustings.apps.canvass.urls")),
    path("says/", include("hustings.apps.exchange.public_urls")),
    path("says/", include("hustings.apps.statements.public_urls")),
    path(".well-known/campaign-node", find_node, name="find-node"),
    path("help/", include("hustings.apps.lending.public_urls")),
    path("join/", include("hustings.apps.volunteers.public_urls")),
    path("me/", include("hustings.apps.volunteers.own_urls")),
    path("me/", include("hustings.apps.shifts.public_urls")),
    path("night/", include("hustings.apps.contests.night_urls")),
    path("count/", include("hustings.apps.contests.public_urls")),
    path("verify/", verify, name="verify"),
    path("verify/<str:name>/", find_record, name="find-record"),
]

handler404 = "hustings.server.views.page_not_found"
