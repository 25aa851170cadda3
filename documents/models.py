"""What courts wrote and what the office issues; files are kept once, by their digest."""

import hashlib
import uuid
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F

from accounts.models import Office, User
from journal.models import Entry


class Tampered(RuntimeError):
    """Bytes are not those the journal names; they are shown to nobody."""


class Blob(models.Model):
    """Bytes under their SHA-256. In the database, so that they commit with what names them."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest

    @classmethod
    def keep(cls, *contents: bytes, media_type: str) -> list[Self]:
        """The blobs of these contents, in order; the same bytes are stored once."""
        blobs = [cls.of(content, media_type=media_type) for content in contents]
        cls.objects.bulk_create(blobs, ignore_conflicts=True)
        return blobs

    @classmethod
    def of(cls, content: bytes, *, media_type: str) -> Self:
        """The blob of a content, not stored yet."""
        digest = hashlib.sha256(content).hexdigest()
        return cls(digest=digest, size=len(content), media_type=media_type, content=content)

    def intact(self) -> bytes:
        """The bytes, if they still are those of the digest; Tampered otherwise."""
        content = bytes(self.content)
        if hashlib.sha256(content).hexdigest() != self.digest:
            raise Tampered(self.digest)
        return content


class ExecutiveDocument(models.Model):
    """An executive document as the court wrote it and as it was handed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16)
    issuer = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    case_number = models.CharField(max_length=100, blank=True)
    #: The number however it was typed (parties.spelling.number_key): what a paper is known by.
    case_key = models.CharField(max_length=200, blank=True)
    decision_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    deferred_until = models.DateField(null=True)
    immediate = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    no_objection = models.BooleanField(default=False)
    duplicate = models.CharField(max_length=300, blank=True)
    part = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, blank=True)
    operative = models.TextField(blank=True)
    application_on = models.DateField(null=True)
    application_channel = models.CharField(max_length=16, blank=True)
    #: What was told at intake beside what the paper shows (executive_document.BESIDE).
    beside = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["issuer", "case_key", "decision_on"], name="document_identity"),
            models.Index(fields=["case_key"], name="document_number"),
            GinIndex(OpClass(F("case_key"), name="gin_trgm_ops"), name="document_number_part"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_number}"


class Attachment(models.Model):
    """A file handed in with a document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(ExecutiveDocument, models.PROTECT, related_name="attachments")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Register(models.Model):
    """The last number given in an office's register of a year; its row is locked last of all."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="register_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.kind} {self.year}: {self.last}"


class Paper(models.Model):
    """A resolution or act the office issued, with the facts its text was made from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="papers")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    rule_set = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    issued_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    facts = models.JSONField()
    #: Whom it goes to, each with a key and the names in both languages (addressees.py).
    addressees = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year", "number"], name="paper_number_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["number", "year"], name="paper_number")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as printed: number/year."""
        return f"{self.number}/{self.year}"


class Rendering(models.Model):
    """The exact bytes of a paper in one language."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="renderings")
    language = models.CharField(max_length=2)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "language"], name="rendering_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.language}"

    def exact_bytes(self) -> bytes:
        """The bytes, if they are those the line names that issued the paper; Tampered otherwise."""
        told = self.paper.entry.facts.get("papers", ())
        named = [each["digests"] for each in told if each["number"] == self.paper.label]
        if [digests.get(self.language) for digests in named] != [self.blob_id]:
            raise Tampered(f"{self.paper_id} {self.language}")
        return self.blob.intact()
