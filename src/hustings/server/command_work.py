"""``hustings work``: do the jobs that were asked for, try again what a dead worker left, take overdue walks back,
tell organisers of volunteers who are overdue, send volunteers their letters and reporters their links, sign what was announced by a notice that
is over, forget what tellers heard, what was lent to us and articles whose time is over, remind volunteers of their sessions, and call the other campaigns for
whom something waits.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import threading

RETRY_EVERY_S = 15.0
log = logging.getLogger(__name__)


def main(argv: list[str]) -> int:
    """Runs until told to stop."""
    parser = argparse.ArgumentParser(prog="hustings work", description=__doc__)
    parser.add_argument("--once", action="store_true", help="do what is waiting, then stop")
    chosen = parser.parse_args(argv)

    from hustings.server.start import django_setup, refuse_unless_fit

    django_setup()
    refuse_unless_fit()
    from django.core.management import call_command

    if not chosen.once:
        threading.Thread(target=_look_after, name="look-after", daemon=True).start()
    call_command(
        "db_worker",
        interval=0.2,
        batch=chosen.once,
        startup_delay=False,
        queue_name="*",
        verbosity=0,
    )
    return 0


def _look_after() -> None:
    from django.db import connection

    from hustings.apps.clippings.forgetting import forget_what_is_over
    from hustings.apps.contests.mailing import mail_everywhere as mail_links_to_reporters
    from hustings.apps.exchange.sending import send_what_is_due
    from hustings.apps.jobs.actions import retry_silent_jobs
    from hustings.apps.lending.forgetting import forget_everywhere as forget_what_was_lent
    from hustings.apps.outings.handing_out import return_overdue_everywhere
    from hustings.apps.polling.actions import forget_everywhere as forget_polling_days
    from hustings.apps.safety.overdue import look_after_everybody
    from hustings.apps.shifts.reminding import remind_everywhere
    from hustings.apps.statements.drafting import sign_what_is_due
    from hustings.apps.volunteers.letters import mail_everywhere as mail_letters_to_volunteers

    parent = os.getppid()
    wait = threading.Event()
    while not wait.wait(RETRY_EVERY_S if os.getppid() == parent else 0):
        if os.getppid() != parent:
            os._exit(0)  # the server that started this worker was killed
        for look in (
            retry_silent_jobs,
            return_overdue_everywhere,
            look_after_everybody,
            mail_letters_to_volunteers,
            mail_links_to_reporters,
            sign_what_is_due,
            forget_polling_days,
            forget_what_was_lent,
            forget_what_is_over,
            send_what_is_due,
            remind_everywhere,
        ):
            try:
                look()
            except Exception:  # one that fails must not keep the others from being looked after
                log.exception("Looking after what is due went wrong; the next round tries again.")
            finally:
                connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
