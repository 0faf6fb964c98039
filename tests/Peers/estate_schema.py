"""Says of each document on stdin, one a line, whether the schema given as argument accepts it."""
import json
import sys

from jsonschema import Draft7Validator

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft7Validator.check_schema(schema)
validator = Draft7Validator(schema)
for line in sys.stdin:
    print("accepted" if validator.is_valid(json.loads(line)) else "refused")
