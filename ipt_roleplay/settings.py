"""Settings from the environment (`IPT_…`) and a `.env` file in the working directory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_dir
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from ipt_roleplay.errors import SetupError

PREFIX = "IPT_"


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


LogLevel = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_upper)
]
Folder = Annotated[Path, AfterValidator(Path.expanduser)]
Host = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Web = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^https?://")]
Country = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=2)]


class Settings(BaseSettings):
    """All that can be set from outside. The environment goes before `.env`; an empty
    variable counts as not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: Folder = Field(default_factory=lambda: Path(user_data_dir("ipt-roleplay")))
    """Where rehearsals are kept."""
    host: Host = "127.0.0.1"
    """The address that the page is served on; this one is reached from this machine alone."""
    port: int = Field(default=7860, ge=1, le=65535)
    country: Country = "international"
    """Whose telephone numbers the help cards show."""
    exit_to: Web = "https://www.wikipedia.org/"
    """Where "Leave now" goes: a page that tells nothing to who looks over one's shoulder."""
    model: str = ""
    """The language model to use; none if empty, and then nothing leaves the machine."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    """The key for the model's server. Alone it switches nothing on."""
    openai_base_url: str = Field(default="", validation_alias="OPENAI_BASE_URL")
    """The address of a server that speaks the OpenAI protocol; OpenAI's own if empty."""
    embedding_model: str = ""
    """The model at that server that turns texts into vectors for the search; none if empty, and
    then it is done here."""
    model_reads: bool = False
    """Whether the model also reads how each message was said; one more call a turn."""
    tokens_per_session: int = Field(default=200_000, ge=0)
    """How many tokens one rehearsal may use."""
    tokens_per_day: int = Field(default=2_000_000, ge=0)
    """The same for all rehearsals of a day (UTC)."""
    log_level: LogLevel = "WARNING"


def load_settings() -> Settings:
    """The settings as they are now. Raises `SetupError` saying what to change."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [_advice(str(one["loc"][0]), one["msg"]) for one in error.errors()]
        raise SetupError("\n".join(faults)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"The file .env cannot be read ({error}). Save it as UTF-8.") from error


def _advice(field: str, problem: str) -> str:
    name = PREFIX + field.upper()
    return f"{name} cannot be used: {problem}. Change it in the environment or in .env."
