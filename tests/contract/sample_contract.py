"""A small contract for the tests: one resource, every construct that the package reads."""

from __future__ import annotations

from pathlib import Path

from contract_tests.contract import Document, View, build_view, parse_document

SPEC = """\
openapi: 3.1.0
info: {title: Things, version: '1'}
servers:
  - url: https://api.example.com/things-api
x-lifecycle:
  field: Thing.state
  states: [OFF, WARMING, 'ON', BROKEN]
  initial: ['OFF']
  terminal: [BROKEN]
  passing: [WARMING]
  failed: [BROKEN]
  transitions:
    - {operation: StartThing, from: ['OFF'], to: [WARMING], sure: stated}
    - {from: [WARMING], to: ['ON', BROKEN], sure: client}
  refusals:
    - {operation: StartThing, in: ['ON'], status: 400, codes: [T.1], sure: stated}
    - {operation: StartThing, when: it is unknown, status: 404, codes: [T.2], sure: stated}
paths:
  /v1/things/all:
    get:
      operationId: ListThings
      responses:
        '200':
          description: All of them.
          content:
            application/json:
              schema:
                type: object
                properties:
                  things:
                    type: array
                    items: {$ref: '#/components/schemas/Thing'}
  /v1/things/{id}:
    parameters:
      - name: id
        in: path
        required: true
        schema: {type: string}
        x-source: {page: Thing, table: Path, row: id}
    get:
      operationId: ShowThing
      responses:
        '200': {$ref: '#/components/responses/thing'}
        4XX:
          description: Refused.
          content:
            application/*:
              schema: {$ref: '#/components/schemas/Error'}
    post:
      operationId: StartThing
      parameters:
        - name: minutes
          in: query
          schema: {type: integer, format: int64, minimum: 1}
          x-source: {page: Thing, table: Query, row: minutes}
        - name: quick
          in: query
          schema: {type: boolean}
          x-source: {page: Thing, table: Query, row: quick}
      x-invariants:
        - id: start-answers-what-was-asked
          at: Thing.id
          when: response.status == 200
          rule: response.body.id == request.path.id
          message: another thing
          source: Thing, Path, id
        - id: start-leaves-neighbours
          at: Thing.state
          rule: neighbours_before.all(b, neighbours_after.exists(a, a == b))
          message: a neighbour changed
          source: Thing
      responses:
        '200': {$ref: '#/components/responses/thing'}
        '204': {description: Nothing to do.}
components:
  responses:
    thing:
      description: The thing.
      content:
        application/json:
          schema: {$ref: '#/components/schemas/Thing'}
          examples:
            documented: {$ref: '#/components/examples/thing'}
  examples:
    thing:
      value: {id: a, state: 'ON'}
  schemas:
    Thing:
      type: object
      x-source: {page: Thing, table: Thing}
      x-invariants:
        - id: thing-changed-after-made
          at: changed
          rule: self.changed >= self.made
          message: changed before it was made
          source: Thing, changed
        - id: working-thing-has-parts
          at: parts
          when: self.state == 'ON'
          rule: size(self.parts) > 0
          message: no parts
          source: Thing, parts
      properties:
        id:
          type: string
          format: uuid
          x-source: {page: Thing, table: Thing, row: id}
        state:
          type: string
          enum: ['OFF', WARMING, 'ON', BROKEN]
          x-source: {page: Thing, table: Thing, row: state}
        made:
          type: integer
          format: int64
          x-source: {page: Thing, table: Thing, row: made}
        changed:
          type: integer
          format: int64
          x-source: {page: Thing, table: Thing, row: changed}
        size:
          type: integer
          format: int32
          maximum: 10
          x-source: {page: Thing, table: Thing, row: size}
        name:
          type: string
          maxLength: 5
          pattern: ^[a-z]*$
          x-source: {page: Thing, table: Thing, row: name}
        parts:
          type: array
          items: {$ref: '#/components/schemas/Part'}
          x-source: {page: Thing, table: Thing, row: parts}
        free:
          type: object
          x-source: {page: Thing, table: Thing, row: free}
    Part:
      type: object
      required: [kind]
      x-source: {page: Thing, table: Part}
      properties:
        kind:
          type: string
          enum: [WHEEL, DOOR]
          x-source: {page: Thing, table: Part, row: kind}
        seen:
          type: string
          format: date-time
          x-source: {page: Thing, table: Part, row: seen}
    Error:
      type: object
      required: [code]
      x-source: {page: Thing, table: Error}
      properties:
        code:
          type: string
          x-source: {page: Thing, table: Error, row: code}
"""

OVERLAY = """\
overlay: 1.0.0
info: {title: Observed, version: '1'}
actions:
  - target: $.components.schemas.Part.properties.kind
    update: {enum: [wheel]}
    x-ledger: part-kind-lower-case
"""

LEDGER = """\
entries:
  - id: part-kind-lower-case
    where: Part.kind
    what: Answers say wheel.
    documented: [WHEEL, DOOR]
    observed: [wheel]
    matches: [response-schema]
    evidence:
      - {sure: seen, source: a recorded answer}
    wrong: docs
    review: 2027-05-31
"""

OVERLAY_NAME = "observed.overlay.yaml"
LEDGER_NAME = "discrepancies.yaml"


def spec_document(text: str = SPEC) -> Document:
    """The sample spec, or another text, as a document called `spec.yaml`."""
    return parse_document(text, "spec.yaml")


def sample_view(text: str = SPEC) -> View:
    """The sample spec as a view."""
    return build_view("documented", spec_document(text))


def write_contract(
    folder: Path, spec: str = SPEC, overlay: str | None = OVERLAY, ledger: str | None = LEDGER
) -> Path:
    """The three documents in a folder; the path of the spec."""
    for name, text in {"spec.yaml": spec, OVERLAY_NAME: overlay, LEDGER_NAME: ledger}.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder / "spec.yaml"


def line_of(text: str, words: str) -> int:
    """The 1-based line of a text that holds these words first."""
    return next(i for i, line in enumerate(text.splitlines(), start=1) if words in line)
