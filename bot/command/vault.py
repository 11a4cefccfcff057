"""Secrets that people hand over: sealed where they are read, so that nothing that is written down holds them.

See docs/decisions/a-secret-is-sealed-at-the-door.md.
"""

from collections.abc import Sequence
from typing import Any, Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationInfo, model_validator

from bot.errors import UserError
from bot.reply import Code

HIDDEN = "…"  # what stands for a secret wherever it is written, and says none where it is typed
_ANY_BASE64 = str.maketrans("+/", "-_")


class Sealed(BaseModel):
    """A secret as it travels and is kept: its ciphertext, empty where none was said.

    Whoever reads a form or a line hands over a ``SecretStr``, and the registry as the context of validation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: str = ""

    @model_validator(mode="before")
    @classmethod
    def _sealed(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, SecretStr):
            return value
        vault: Vault | None = getattr(info.context, "vault", None)
        said = value.get_secret_value() not in {"", HIDDEN}
        return {"token": vault.seal(value) if vault and said else ""}

    def said(self) -> Code:
        """How a reply shows it."""
        return Code(HIDDEN)


class Vault:
    """Seals and opens secrets; without ``SECRET_KEY`` only for as long as this process ``lasts``."""

    def __init__(self, keys: Sequence[Fernet], *, lasts: bool) -> None:
        self._keys = MultiFernet(keys)
        self.lasts = lasts

    @classmethod
    def of(cls, keys: SecretStr | None) -> Self:
        """The vault of ``SECRET_KEY``: one key, or the new and the old one while it changes."""
        if keys is None:
            return cls([Fernet(Fernet.generate_key())], lasts=False)
        each = keys.get_secret_value().translate(_ANY_BASE64).split(",")
        return cls([Fernet(key.strip()) for key in each], lasts=True)

    def check_lasts(self) -> None:
        """UserError where what it seals could not be opened by the next process."""
        if not self.lasts:
            raise UserError(
                "Secrets are kept encrypted, and SECRET_KEY is not set, so none can be kept. Whoever runs "
                "hms-bot can set it to what `openssl rand -base64 32` writes."
            )

    def seal(self, secret: SecretStr) -> str:
        """A secret as it may be written down."""
        return self._keys.encrypt(secret.get_secret_value().encode()).decode()

    def open(self, sealed: Sealed) -> SecretStr:
        """The secret; empty where none was said. UserError where no key of ours opens it."""
        if not sealed.token:
            return SecretStr("")
        try:
            return SecretStr(self._keys.decrypt(sealed.token.encode()).decode())
        except InvalidToken as error:
            raise UserError(
                "This was encrypted with a SECRET_KEY that is not set any more, and cannot be read. "
                "Set it again beside the new one (new,old), or enter the secret anew."
            ) from error

    def renewed(self, sealed: Sealed) -> Sealed:
        """The same secret sealed with the newest key; as it is where no key of ours opens it."""
        try:
            return Sealed(token=self._keys.rotate(sealed.token.encode()).decode())
        except InvalidToken:
            return sealed
