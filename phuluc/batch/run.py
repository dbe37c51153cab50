"""The batch: inputs, plan, documents in children, buckets written one by one. The order of the steps."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from phuluc.batch.failures import advice_for
from phuluc.batch.identify import gone_inputs, identify
from phuluc.batch.inputs import find_inputs
from phuluc.batch.isolate import Limits, LocalEngine
from phuluc.batch.plan import Request, bucket_bits, bucket_of, make_plan
from phuluc.batch.summary import Failure, Manifest, Summary
from phuluc.document.records import Documents, Options
from phuluc.exits import UsageError
from phuluc.language import language, say
from phuluc.storage.folder import writing_to
from phuluc.storage.light_arrow import import_arrow_without_pandas
from phuluc.storage.store import Store
from phuluc.versions import converter_version, read_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.errors import ReadError
    from phuluc.batch.engine import Engine, EngineName
    from phuluc.batch.outcome import Convert
    from phuluc.batch.plan import Plan
    from phuluc.batch.progress import Reporter
    from phuluc.document.records import Source
    from phuluc.storage.ledger import Entry
    from phuluc.storage.places import Place


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for.

    Attributes:
        engine, scheduler: where documents are converted, see `phuluc.batch.engine`.
        fresh: do everything again, whatever stands in `out`.
        prune: drop the rows of inputs that no longer exist.
        keep_readings: keep what was read of every document, to understand it again without its file.
    """

    inputs: tuple[Place, ...]
    out: Place
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    engine: EngineName = "local"
    scheduler: str = ""
    fresh: bool = False
    prune: bool = False
    keep_readings: bool = True

    def request(self) -> Request:
        """Give what must be equal for earlier work to stand."""
        options = (f"{name}={value}" for name, value in sorted(asdict(self.options).items()))
        made_by = " ".join((converter_version(), *options))
        return Request(
            made_by, read_by(self.options.ocr) if self.keep_readings else "", self.limits, prune=self.prune
        )


def run(job: Job, convert: Convert, reporter: Reporter) -> Summary:
    """Convert everything that is not yet done; an interrupted run gives its summary too.

    Raises TargetError when the output folder cannot be written; what was finished before is kept.
    """
    store = Store(job.out)
    store.open()
    try:
        return _run(job, store, convert, reporter)
    finally:
        store.close()


def _run(job: Job, store: Store, convert: Convert, reporter: Reporter) -> Summary:
    work = _prepare(job, store)
    summary = work.summary
    manifest = Manifest(store.folder, _request(job))
    reporter.planned(len(work.sources), summary)
    try:
        try:
            _convert(job, store, work, _Listener(convert, reporter, manifest))
            summary.state = "finished"
        except KeyboardInterrupt:
            summary.state = "interrupted"
        summary.failures = _failures(store.ledger(), work.locations)
        with writing_to(job.out):
            manifest.write(summary)
    finally:
        reporter.ended(summary)  # whatever happens: a bar must give the terminal back
    return summary


@dataclass(frozen=True, slots=True)
class _Work:
    """What a run will do: `sources` go to the children, `problems` are the inputs nobody can read."""

    plan: Plan
    request: Request
    bits: int
    new: bool
    sources: list[Source]
    problems: dict[str, ReadError]
    locations: set[str]
    summary: Summary


@dataclass(frozen=True, slots=True)
class _Listener:
    """Who converts and who is told."""

    convert: Convert
    reporter: Reporter
    manifest: Manifest


def _prepare(job: Job, store: Store) -> _Work:
    bits = None if job.fresh else store.bits()
    new = bits is None
    ledger = {} if new else store.ledger()
    request = job.request()
    found = find_inputs(job.inputs, leave_out=job.out)
    with writing_to(job.out):  # members of archives are unpacked there
        inputs = identify(found, ledger, request, store.shelf(other_machines=job.engine == "dask"))
    locations = {each.location for each, _ in inputs}
    gone = gone_inputs(ledger, locations, job.inputs)
    wanted = bucket_bits(len(locations | (ledger.keys() - gone if job.prune else ledger.keys())))
    if bits is not None and bits != wanted:
        from phuluc.storage.regroup import regroup  # noqa: PLC0415 - pyarrow, and a rare case

        regroup(store, bits, wanted)
    bits = wanted
    plan = make_plan(inputs, ledger, gone, request, bits)
    problems = {doc_id: each.problem for each, doc_id in inputs if each.problem and doc_id in plan.sources}
    spooled = set() if new else _spooled(store, plan, request)
    sources = [
        source
        for number, bucket in plan.buckets.items()
        # The largest first: a long document started last would leave the other workers idle.
        for source in sorted(bucket.jobs, key=lambda source: -source.byte_size)
        if source.doc_id not in problems and (number, source.doc_id) not in spooled
    ]
    summary = Summary(
        inputs=len(inputs),
        planned=len(sources),
        failed=len(problems),
        unchanged=plan.unchanged + len(spooled),
        changed=plan.changed,
        understood_again=sum(source.doc_id in plan.kept for source in sources),
        duplicates=plan.duplicates,
        removed=[entry.source_path for entry in plan.removed],
    )
    return _Work(plan, request, bits, new, sources, problems, locations, summary)


def _convert(job: Job, store: Store, work: _Work, listener: _Listener) -> None:
    with _engine(job, listener.convert, _documents(store, work)) as engine:
        # Imported while the first children work: pyarrow (0.2 s), which only the writing side needs.
        import_arrow_without_pandas()
        from phuluc.storage.collect import Collector  # noqa: PLC0415

        if work.new:
            store.begin(work.bits)
        with writing_to(job.out):
            listener.manifest.write(work.summary)
        collector = Collector(store, work.plan, work.bits, work.request)
        collector.begin(work.problems)
        for outcome in engine.outcomes():
            collector.add(outcome)
            work.summary.count(outcome.status)
            if outcome.trace:
                listener.manifest.log_trace(outcome.source.source_path, outcome.trace)
            with writing_to(job.out):
                listener.manifest.keep_up(work.summary)
            listener.reporter.finished(outcome)


def _documents(store: Store, work: _Work) -> Documents:
    """Give the documents to convert; those that are only to be understood again get their readings."""
    if not work.plan.kept:
        return Documents(work.sources)
    bucket, readings = -1, None

    def ready(source: Source) -> Source:
        nonlocal bucket, readings
        if source.doc_id not in work.plan.kept:
            return source
        number = bucket_of(source.doc_id, work.bits)
        if readings is None or number != bucket:
            bucket, readings = number, store.readings(number)
        return replace(source, reading=readings.of(source.doc_id, work.request.read_by))

    return Documents(work.sources, ready)


def _engine(job: Job, convert: Convert, documents: Documents) -> Engine:
    limits = replace(job.limits, workers=max(1, min(job.limits.workers, len(documents.sources))))
    if job.engine == "local" or not documents.sources:
        return LocalEngine(convert, job.options, limits, documents)
    try:
        # An extra, and 0.4 s to import.
        from phuluc.batch.on_dask import DaskEngine, DaskJob  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UsageError(say("no_dask")) from error
    return DaskEngine(DaskJob(convert, job.options, limits, job.scheduler), documents)


def _spooled(store: Store, plan: Plan, request: Request) -> set[tuple[int, str]]:
    if not store.spool.is_dir():
        return set()
    from phuluc.storage.spool import Spool  # noqa: PLC0415 - pyarrow, needed only after an interrupted run

    spool = Spool(store.spool, request.made_by, request.read_by)
    return {(number, doc_id) for number in plan.buckets for doc_id in spool.read(number)}


def _failures(ledger: Mapping[str, Entry], given: set[str]) -> list[Failure]:
    entries = sorted(ledger.values(), key=lambda entry: entry.source_path)
    return [
        Failure(entry.source_path, entry.code, advice_for(entry.code, language()))
        for entry in entries
        if entry.code and entry.status == "failed" and entry.location in given
    ]


def _request(job: Job) -> dict[str, object]:
    return {
        "version": converter_version(),
        "inputs_given": [str(place) for place in job.inputs],
        "output": str(job.out),
        "engine": job.engine,
        "fresh": job.fresh,
        "prune": job.prune,
        "keep_readings": job.keep_readings,
        "options": asdict(job.options),
        "limits": asdict(job.limits),
    }
