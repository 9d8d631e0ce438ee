"""Where the contract's documents are: the user's own, or those shipped with the package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contract_tests.errors import InputError

SPEC = "modelarts-notebook.openapi.yaml"
OVERLAY = "observed.overlay.yaml"
LEDGER = "discrepancies.yaml"
SDK_LEDGER = "sdk-discrepancies.yaml"


@dataclass(frozen=True, slots=True)
class ContractFiles:
    """The documents of one contract; overlay and ledgers are None where there is none."""

    spec: Path
    overlay: Path | None = None
    ledger: Path | None = None
    sdk_ledger: Path | None = None


def default_spec_folder() -> Path:
    """The folder of the shipped documents: inside the wheel, or in the source tree.

    Raises:
        InputError: the package came without them.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_spec", package.parent / "spec"):
        if (folder / SPEC).is_file():
            return folder
    raise InputError("the package came without its spec", "install it again, or give --spec FILE")


def spec_folder() -> Path:
    """The folder of the contract that counts where none is named.

    It is `spec` where one stands, so that who mends an entry there is heard, however the
    package was installed; else the shipped one.
    """
    here = Path.cwd() / "spec"
    return here if (here / SPEC).is_file() else default_spec_folder()


def find_files(
    spec: Path | None = None, overlay: Path | None = None, ledger: Path | None = None
) -> ContractFiles:
    """Settle which documents to read.

    Overlay and ledgers are those that stand beside the spec, where they do. What is given by
    name counts in any case.
    """
    folder = spec_folder() if spec is None else spec.parent
    return ContractFiles(
        spec=spec or folder / SPEC,
        overlay=overlay or _beside(folder / OVERLAY),
        ledger=ledger or _beside(folder / LEDGER),
        sdk_ledger=_beside(folder / SDK_LEDGER),
    )


def shown_name(path: Path) -> str:
    """What messages call a file: the shipped ones `spec/…`, what is below from here."""
    absolute = path.absolute()
    if absolute.parent == default_spec_folder():
        return f"spec/{path.name}"
    if absolute.is_relative_to(Path.cwd()):
        return str(absolute.relative_to(Path.cwd()))
    return str(path)


def _beside(path: Path) -> Path | None:
    return path if path.is_file() else None
