"""`manage.py create_office`: an office, a court or another body."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Office


class Command(BaseCommand):
    """For whoever sets an office up."""

    help = "create_office CODE KIND --name-kk ... --name-ru ... [--city ...] [--supervises CODE]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("kind", choices=Office.Kind.values)
        parser.add_argument("--name-kk", required=True)
        parser.add_argument("--name-ru", required=True)
        parser.add_argument("--place-kk", default="")
        parser.add_argument("--place-ru", default="")
        parser.add_argument("--city", action="append", default=[], help="of the territory")
        parser.add_argument("--supervises", action="append", default=[], metavar="CODE")

    def handle(self, *args: Any, **options: Any) -> None:
        if Office.objects.filter(code=options["code"]).exists():
            raise CommandError(f"there is an office {options['code']} already")
        watched = list(Office.objects.filter(code__in=options["supervises"]))
        if missing := set(options["supervises"]) - {office.code for office in watched}:
            raise CommandError(f"no such office: {', '.join(sorted(missing))}")
        office = Office.objects.create(
            code=options["code"],
            kind=options["kind"],
            territory=options["city"],
            **{name: options[name] for name in ("name_kk", "name_ru", "place_kk", "place_ru")},
        )
        office.supervises.set(watched)
        self.stdout.write(office.code)
        if office.lacking:
            self.stderr.write(f"its papers lack: {', '.join(office.lacking)} (office_details)")
