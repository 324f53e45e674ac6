"""Profiles and sessions as they come in and go out."""

from typing import Literal

from pydantic import AwareDatetime, Field

from backend.api.schemas.common import Email, Line, Model, Secret
from backend.domain.address import parse_postal_code
from backend.domain.identifiers import parse_account_number
from backend.domain.people import Language, Profile
from backend.service.proof import Proof


class ProofIn(Model):
    """What is printed on every bill."""

    account_number: Line = Field(examples=["123 456 782"], min_length=9, max_length=20)
    postal_code: Line = Field(examples=["G1R 2B5"], min_length=6, max_length=8)

    def checked(self) -> Proof:
        """The proof in its normal form."""
        return Proof(
            account_number=parse_account_number(self.account_number),
            postal_code=parse_postal_code(self.postal_code),
        )


class RegisterIn(ProofIn):
    """A new profile for the holder of an account."""

    user_id: Line = Field(examples=["marie.tremblay"], min_length=4, max_length=64)
    password: Secret = Field(examples=["erable2026"])
    email: Email = Field(examples=["marie@example.ca"])
    language: Language = Field(default=Language.FR, examples=["fr"])


class SignInIn(Model):
    """What a customer types."""

    user_id: Line = Field(examples=["marie.tremblay"], min_length=1)
    password: Secret = Field(examples=["erable2026"])


class ProfileOut(Model):
    """A profile, without anything secret."""

    id: str = Field(examples=["0190b0c4d5e6f708192a3b4c5d6e7f83"])
    user_id: str = Field(examples=["marie.tremblay"])
    email: str = Field(examples=["marie@example.ca"])
    language: Language
    created_at: AwareDatetime
    last_used_at: AwareDatetime
    deleted_unless_used_by: AwareDatetime
    default_account_id: str | None

    @classmethod
    def of(cls, profile: Profile) -> "ProfileOut":
        """From the domain's profile."""
        return cls(
            id=profile.id,
            user_id=profile.user_id,
            email=profile.email,
            language=profile.language,
            created_at=profile.created_at,
            last_used_at=profile.last_used_at,
            deleted_unless_used_by=profile.deletion_at,
            default_account_id=profile.default_account_id,
        )


class SessionOut(Model):
    """An open session; the token is shown once, the id is worth nothing without a service token."""

    token: str = Field(examples=["u7JxkT0C0V9j2yQ1mJq0mVQm1Lr0n0cS7cX8u5s3J1k"])
    session_id: str = Field(examples=["0190b0c4d5e6f708192a3b4c5d6e7f84"])
    expires_at: AwareDatetime
    idle_minutes: int = Field(examples=[30])
    profile: ProfileOut


class UserIdIn(Model):
    """Another user id."""

    user_id: Line = Field(examples=["m.tremblay"], min_length=4, max_length=64)
    password: Secret = Field(examples=["erable2026"])


class PasswordIn(Model):
    """Another password."""

    password: Secret = Field(examples=["erable2026"])
    new_password: Secret = Field(examples=["bouleau2027"])


class PhonePinIn(Model):
    """Another PIN for the telephone, or none any more."""

    password: Secret = Field(examples=["erable2026"])
    pin: Secret | None = Field(examples=["4826"])


class PhoneSignInIn(Model):
    """What a caller dials."""

    account_number: Line = Field(examples=["123456782"], min_length=1, max_length=20)
    pin: Secret = Field(examples=["4826"])


class EmailIn(Model):
    """Another e-mail address."""

    email: Email = Field(examples=["marie.t@example.ca"])
    password: Secret = Field(examples=["erable2026"])


class DeletionIn(Model):
    """The password, once more."""

    password: Secret = Field(examples=["erable2026"])


class RecoveryIn(Model):
    """Who forgot what."""

    email: Email = Field(examples=["marie@example.ca"])
    user_id: Line | None = Field(default=None, examples=["marie.tremblay"])
    forgotten: Literal["password", "user_id"] = Field(examples=["password"])


class RecoveryOut(Model):
    """The same answer whether anybody has that address."""

    sent_if_known: Literal[True] = True


class RecoverUserIdIn(Model):
    """The token of the link."""

    token: Line = Field(examples=["u7JxkT0C0V9j2yQ1mJq0mVQm1Lr0n0cS7cX8u5s3J1k"], min_length=20)


class RecoverPasswordIn(RecoverUserIdIn):
    """The token of the link and the new password."""

    new_password: Secret = Field(examples=["bouleau2027"])


class UserIdOut(Model):
    """The user id that was forgotten."""

    user_id: str = Field(examples=["marie.tremblay"])


class ExportOut(Model):
    """Everything held about a customer."""

    profile: dict[str, object]
    accounts: list[dict[str, object]]
    receipts: list[dict[str, object]]
    consents: list[dict[str, object]]
    history: list[dict[str, object]]


class CustomersQuery(Model):
    """Which account."""

    account_number: Line = Field(examples=["123456782"], min_length=9, max_length=20)


class CustomersOut(Model):
    """The profiles that manage an account."""

    account_id: str
    profiles: list[ProfileOut]
