"""`manage.py office_details`: where an office is found and where it is paid, for its papers."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import DETAILS, Office
from parties.identifiers import bin_fault, iban_fault

#: Numbers are kept without spaces, those with check digits only where they are right.
NUMBERS: Final = ("bin", "iban", "bic")
CHECKED: Final = {"bin": bin_fault, "iban": iban_fault}


class Command(BaseCommand):
    """For whoever sets an office up; what is not given stays."""

    help = "office_details CODE [--address-kk ...] [--phone ...] [--bin ...] [--iban ...] [...]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        for name in DETAILS:
            parser.add_argument(f"--{name.replace('_', '-')}", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(code=options["code"]).first()
        if office is None:
            raise CommandError(f"no such office: {options['code']}")
        told = _told(options)
        for name, text in told.items():
            setattr(office, name, text)
        office.save(update_fields=list(told))
        self.stdout.write(f"its papers lack: {', '.join(office.lacking) or 'nothing'}")


def _told(options: Mapping[str, Any]) -> dict[str, str]:
    """The details given; CommandError where one has no place or cannot be."""
    told = {name: " ".join(options[name].split()) for name in DETAILS if options[name].strip()}
    told |= {name: told[name].replace(" ", "").upper() for name in NUMBERS if name in told}
    try:
        others = {each.name for each in Office._meta.fields} - {*DETAILS}
        Office(**told).clean_fields(exclude=others)
    except ValidationError as wrong:
        raise CommandError("; ".join(wrong.messages)) from wrong
    for name, fault in CHECKED.items():
        if name in told and (found := fault(told[name])):
            raise CommandError(f"{name}: {found}")
    return told
