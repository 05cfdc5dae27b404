"""Makes moto's server fast enough to wait for. Python runs this file by itself when its folder is on PYTHONPATH.

moto 5 copies the whole table once per item of a transaction, to be able to undo it: 100 items on a table of 2,000 take 10 seconds. One
copy per table and transaction is enough. Its conditional writes are not atomic: here they are, as in DynamoDB. For each request it lists
the folders of its package, under a lock that all requests wait for: three quarters of the time of 16 concurrent clients. One look per host
is enough. And it parses the same time for each of 1,000 objects of a list. And where moto enforces permissions, it checks the signature of
a query with other escapes than the client's: prefix=a/ for prefix=a%2F. Nothing else changes; if moto differs from what is expected here,
nothing does.
"""

import copy
import functools
import importlib.abc
import importlib.util
import sys
import threading
import urllib.parse


class OneCopyPerTable(threading.local):
    """Replaces the module ``copy``: inside a transaction, the second copy of a table is the first one again."""

    copies = None

    def deepcopy(self, value, memo=None):
        if self.copies is None or type(value).__name__ != "Table":
            return copy.deepcopy(value, memo)
        if id(value) not in self.copies:
            self.copies[id(value)] = copy.deepcopy(value, memo)
        return self.copies[id(value)]


def copy_tables_once(models):
    backend = getattr(models, "DynamoDBBackend", None)
    if getattr(models, "copy", None) is not copy or not hasattr(backend, "transact_write_items"):
        return
    one_copy = models.copy = OneCopyPerTable()
    lock = threading.RLock()

    def one_after_the_other(original):
        @functools.wraps(original)
        def write(self, *args, **kwargs):
            with lock:
                return original(self, *args, **kwargs)

        return write

    # Two requests at once may both pass a condition before one of them writes. And undoing a transaction puts a whole table back, and with
    # it whatever another request has written meanwhile.
    for name in ("put_item", "update_item", "delete_item"):
        setattr(backend, name, one_after_the_other(getattr(backend, name)))
    original = backend.transact_write_items

    def transact_write_items(self, *args, **kwargs):
        with lock:
            one_copy.copies = {}
            try:
                return original(self, *args, **kwargs)
            finally:
                one_copy.copies = None

    backend.transact_write_items = transact_write_items


def look_up_hosts_once(server):
    application = getattr(server, "DomainDispatcherApplication", None)
    if hasattr(application, "get_backend_for_host"):
        application.get_backend_for_host = functools.lru_cache(maxsize=1024)(application.get_backend_for_host)


def parse_times_once(serialize):
    if hasattr(serialize, "parse_to_aware_datetime"):
        serialize.parse_to_aware_datetime = functools.lru_cache(maxsize=4096)(serialize.parse_to_aware_datetime)


def sign_queries_as_they_were_sent(access_control):
    base = getattr(access_control, "IAMRequestBase", None)
    if not hasattr(base, "_create_aws_request"):
        return
    original = base._create_aws_request

    def escape(text):
        return urllib.parse.quote(urllib.parse.unquote(text), safe="-_.~")

    def create_aws_request(self):
        path, mark, query = self._path.partition("?")
        pairs = [pair.partition("=") for pair in query.split("&")] if mark else []
        self._path = path + mark + "&".join(escape(name) + "=" + escape(value) for name, _, value in pairs)
        return original(self)

    base._create_aws_request = create_aws_request


IMPROVEMENTS = {
    "moto.core.serialize": parse_times_once,
    "moto.dynamodb.models": copy_tables_once,
    "moto.iam.access_control": sign_queries_as_they_were_sent,
    "moto.moto_server.werkzeug_app": look_up_hosts_once,
}


class Finder(importlib.abc.MetaPathFinder):
    """Waits for the modules of moto that matter, so that a Python that does not load moto pays nothing."""

    def find_spec(self, name, path=None, target=None):
        improve = IMPROVEMENTS.pop(name, None)
        if improve is None:
            return None
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            improve(module)

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, Finder())
