"""Writing down, from beside the work, that it is alive and how far it is."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.jobs.models import Job

if TYPE_CHECKING:
    from types import TracebackType
    from uuid import UUID

BEAT_S = 1.0


class Heartbeat:
    """
    Keeps a job's heartbeat and progress fresh while a ``with`` block runs.

    The work runs in one transaction, so nobody would see what it writes about itself; this writes
    from a thread of its own, with its own connection.
    """

    def __init__(self, campaign_id: UUID, job_id: int) -> None:
        self._campaign_id, self._job_id = campaign_id, job_id
        self._share, self._note = 0.0, ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{job_id}", daemon=True)

    def __call__(self, share_done: float, note: str = "") -> None:
        self._share = min(max(share_done, self._share), 1.0)
        self._note = note or self._note

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(BEAT_S):
                with tenant(self._campaign_id):
                    Job.objects.of(self._campaign_id).filter(pk=self._job_id).update(
                        heartbeat_at=timezone.now(), share_done=self._share, note=self._note
                    )
        finally:
            connection.close()
