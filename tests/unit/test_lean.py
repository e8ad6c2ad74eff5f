"""aiogram's models are built when first used, and every one of them still can be."""

import subprocess
import sys

EVERY_MODEL = """
import bot
import aiogram.methods
import aiogram.types
from aiogram.methods.base import Response
from pydantic import BaseModel

models = [getattr(aiogram.types, name) for name in aiogram.types.__all__]
models = [model for model in models if isinstance(model, type) and issubclass(model, BaseModel)]
methods = [getattr(aiogram.methods, name) for name in aiogram.methods.__all__]
methods = [method for method in methods if hasattr(method, "__returning__")]
methods = [method for method in methods if not isinstance(method.__returning__, property)]
unbuilt = sum(not model.__pydantic_complete__ for model in models)
assert unbuilt > 200, unbuilt
for method in methods:
    answer = Response[method.__returning__]
    answer.model_validate({"ok": False, "description": "no"})
    assert answer.__pydantic_complete__, method
    method.__pydantic_validator__.title
    assert method.__pydantic_complete__, method
for model in models:
    model.__pydantic_validator__.title
    model.__pydantic_serializer__.to_python
    assert model.__pydantic_complete__, model
print(len(models), len(methods))
"""

THE_USUAL_WAY = """
import aiogram.types
built = aiogram.types.Message.__pydantic_complete__
import bot
assert built and aiogram.types.Update.__pydantic_complete__
"""


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_type_and_method_can_be_built_when_needed() -> None:
    models, methods = map(int, run(EVERY_MODEL).split())
    assert models > 300
    assert methods > 150


def test_an_aiogram_that_is_imported_already_is_left_alone() -> None:
    run(THE_USUAL_WAY)
