"""The contract: spec and overlay make the views, the ledger says what is known of both."""

from contract_tests.contract.contract import Contract, load_contract
from contract_tests.contract.documents import Document, Location, parse_document, read_document
from contract_tests.contract.files import ContractFiles, default_spec_folder, find_files
from contract_tests.contract.invariants import Invariant, Outcome
from contract_tests.contract.ledger import Evidence, LedgerEntry, read_ledger
from contract_tests.contract.lifecycle import Lifecycle, Refusal, Transition
from contract_tests.contract.operations import Match, Operation, Parameter
from contract_tests.contract.overlay import Action, Overlay, apply_overlay, read_overlay
from contract_tests.contract.places import place_of
from contract_tests.contract.responses import DocumentedExample
from contract_tests.contract.view import View, ViewName, build_view, typed
from contract_tests.contract.violations import Violation
from contract_tests.contract.writing import as_yaml

__all__ = [
    "Action",
    "Contract",
    "ContractFiles",
    "Document",
    "DocumentedExample",
    "Evidence",
    "Invariant",
    "LedgerEntry",
    "Lifecycle",
    "Location",
    "Match",
    "Operation",
    "Outcome",
    "Overlay",
    "Parameter",
    "Refusal",
    "Transition",
    "View",
    "ViewName",
    "Violation",
    "apply_overlay",
    "as_yaml",
    "build_view",
    "default_spec_folder",
    "find_files",
    "load_contract",
    "parse_document",
    "place_of",
    "read_document",
    "read_ledger",
    "read_overlay",
    "typed",
]
