"""The suite, tested by mutants: does it find each fault of the mock, and none in a clean one?"""
