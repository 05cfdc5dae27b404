"""Makes moto's DynamoDB transactions fast enough to wait for. Python runs this file by itself when its folder is on PYTHONPATH.

moto 5 copies the whole table once per item of a transaction, to be able to undo it: 100 items on a table of 2,000 take 10 seconds. One copy per
table and transaction is enough. Nothing else changes; and where moto looks different from what is expected here, nothing changes at all.
"""

import copy
import importlib.abc
import importlib.util
import sys
import threading

MODELS = "moto.dynamodb.models"


class OneCopyPerTable(threading.local):
    """Stands in for the module ``copy``: inside a transaction, the second copy of a table is the first one again."""

    copies = None

    def deepcopy(self, value, memo=None):
        if self.copies is None or type(value).__name__ != "Table":
            return copy.deepcopy(value, memo)
        if id(value) not in self.copies:
            self.copies[id(value)] = copy.deepcopy(value, memo)
        return self.copies[id(value)]


def improve(models):
    backend = getattr(models, "DynamoDBBackend", None)
    if getattr(models, "copy", None) is not copy or not hasattr(backend, "transact_write_items"):
        return
    original = backend.transact_write_items
    one_copy = models.copy = OneCopyPerTable()
    lock = threading.Lock()

    # One after the other: undoing a transaction puts a whole table back, and with it whatever another one has written meanwhile.
    def transact_write_items(self, *args, **kwargs):
        with lock:
            one_copy.copies = {}
            try:
                return original(self, *args, **kwargs)
            finally:
                one_copy.copies = None

    backend.transact_write_items = transact_write_items


class Finder(importlib.abc.MetaPathFinder):
    """Waits for the one module of moto that matters, so that a Python that does not load moto pays nothing."""

    def find_spec(self, name, path=None, target=None):
        if name != MODELS:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            improve(module)

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, Finder())
