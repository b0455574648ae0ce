"""Every line that programs were told and answered, against the schemas.

schema.py SCHEMA FOLDER [SCHEMA FOLDER...]
"""
import json
import os
import sys

import jsonschema

passed = failed = 0


def lines_in(folder):
    """Without what was cut off when a test killed the program."""
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            yield from (line for line in file if line.endswith("\n"))


for schema, folder in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(schema, encoding="utf-8") as file:
        form = json.load(file)
    jsonschema.Draft202012Validator.check_schema(form)
    check = jsonschema.Draft202012Validator(form)
    # One long line is as good as a thousand of its kind.
    seen = set()
    for line in lines_in(folder):
        value = json.loads(line)
        for part in value.values():
            if isinstance(part, list):
                del part[20:]
        kind = json.dumps(value)
        if kind in seen or len(seen) > 1000:
            continue
        seen.add(kind)
        try:
            check.validate(value)
            passed += 1
        except jsonschema.ValidationError as why:
            failed += 1
            print(f"{schema}: {why.message[:200]}")
    # A form that takes anything proves nothing.
    for wrong in ({}, {"task": "open"}, {"row": 1}, {"done": False}, []):
        if check.is_valid(wrong):
            failed += 1
            print(f"{schema}: takes {wrong}")
        else:
            passed += 1
print(f"program_schema: {passed} passed, {failed} failed")
sys.exit(failed > 0)
