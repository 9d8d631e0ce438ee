"""Which requests the mock refuses for their parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contract_tests.contract import Operation, Parameter, View
from contract_tests.targets.mock.play import UNLIMITED, Play
from contract_tests.targets.mock.wire import Answer, Pairs, refusal

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets valid parameters through, as the view and the play see them."""

    view: View
    play: Play

    def read(self, operation: Operation, query: Pairs) -> Values | Answer:
        """The query parameters by name, as their schema writes them, or the refusal."""
        known = {p.name: p for p in operation.parameters if p.location == "query"}
        names = [name for name, _ in query]
        if self.play.strict_query and (len({*names}) < len(names) or {*names} - known.keys()):
            return refusal(400, "0107", "A parameter is unknown, or given twice.")
        values: dict[str, str] = {}
        for name, text in query:
            if name not in known or name in values:
                continue
            values[name] = self._spelled(known[name], text)
            if wrong := self._refusal(known[name], values[name]):
                return wrong
        return values

    def _spelled(self, parameter: Parameter, text: str) -> str:
        """A value of an enumeration as the schema spells it, where case does not matter."""
        if self.play.case_matters:
            return text
        spelled = {str(value).lower(): str(value) for value in parameter.schema.get("enum", ())}
        return spelled.get(text.lower(), text)

    def _refusal(self, parameter: Parameter, text: str) -> Answer | None:
        if parameter.name == "duration":
            return self._wrong_duration(parameter, text)
        if self.view.parameter_violation(parameter, text):
            return refusal(400, "0107", f"The value of {parameter.name} is not valid.")
        if parameter.name in ("limit", "offset") and int(text) < (parameter.name == "limit"):
            return refusal(400, "0107", f"The value of {parameter.name} is too small.")
        return None

    def _wrong_duration(self, parameter: Parameter, text: str) -> Answer | None:
        """The contract says what a duration looks like, the play how long it may be."""
        low, high = self.play.shortest, self.play.longest
        if text == str(UNLIMITED):
            return None
        if self.view.parameter_violation(parameter, text) or not low <= int(text) <= high:
            return refusal(400, "6349", f"A duration is between {low} and {high} milliseconds.")
        return None
