"""The Python back end: a planned right as Python functions.

In: `backends.plan.Right`. Out: `compile_right(right)`, with the verdict, yes or no, or an answer with reasons of a row of columns.
It must say what the reference interpreter says (`backends.plan.judged`) of every row; tests compare them.
"""

from govlang.backends.python.reasoned import Reasoned
from govlang.backends.python.right import CompiledRight, compile_right
from govlang.backends.python.wants import Need

__all__ = ["CompiledRight", "Need", "Reasoned", "compile_right"]
