"""`python -m contract_tests` does what `contract-tests` does."""

from contract_tests.cli import main

main()
