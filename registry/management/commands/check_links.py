"""Looks at the links of published records, the longest unseen first, and marks resources whose link stays dead."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from registry import link_rot


class Command(BaseCommand):
    """For a timer, once a day: polite to every host, and quiet about links that answer."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """How much, and how politely."""
        parser.add_argument("--most", type=int, default=link_rot.MOST, help="links in this run")
        parser.add_argument(
            "--pause", type=float, default=link_rot.PAUSE, help="seconds between two requests to one host"
        )

    def handle(self, **options: Any) -> None:
        """Say what fails, what moved and what was marked; then how many were looked at."""
        findings = []
        for finding in link_rot.run(options["most"], pause=options["pause"]):
            findings.append(finding)
            said = [finding.answer.words, finding.news]
            if finding.answer.outcome != "ok" or finding.news:
                self.stdout.write(f"{finding.link.code} {finding.link.url}: {'; '.join(filter(None, said))}")
        self.stdout.write(link_rot.summary(findings))
