"""Puts the real parts together, for the service, the worker and the commands alike."""

from backend.provider.hosted import Hosted
from backend.provider.sandbox import Sandbox
from backend.service.backend import Backend
from backend.service.ports import Provider
from backend.settings import Settings
from backend.storage.database import Database
from backend.storage.hasher import Argon2
from backend.wording.plans import load_catalogue
from backend.worker.mail import FileMail, Mail, SmtpMail
from backend.worker.rounds import Worker


def assemble(settings: Settings, database: Database) -> Backend:
    """The services' backend with real storage, clock and hasher."""
    public_url, secret = str(settings.public_url).rstrip("/"), settings.secret.get_secret_value()
    return Backend(
        store=database,
        hasher=Argon2(),
        catalogue=load_catalogue(),
        secret=secret,
        public_url=public_url,
        provider=make_provider(settings),
        policy=settings.policy,
    )


def make_provider(settings: Settings) -> Provider:
    """The one that the settings name."""
    public_url = str(settings.public_url).rstrip("/")
    if settings.provider == "sandbox":
        return Sandbox(public_url=public_url, secret=settings.secret.get_secret_value())
    assert settings.provider_secret is not None
    return Hosted(
        url=str(settings.provider_url).rstrip("/"),
        secret=settings.provider_secret.get_secret_value(),
        public_url=public_url,
        timeout=settings.provider_timeout,
    )


def make_mail(settings: Settings) -> Mail:
    """SMTP when a server is named, files otherwise."""
    if settings.smtp_host is None:
        return FileMail(settings.outbox_folder, sender=settings.mail_from)
    return SmtpMail(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        security=settings.smtp_security,
        sender=settings.mail_from,
    )


def make_worker(settings: Settings, backend: Backend) -> Worker:
    """The worker with real mail."""
    return Worker(backend, make_mail(settings), bounces=settings.bounce_folder)
