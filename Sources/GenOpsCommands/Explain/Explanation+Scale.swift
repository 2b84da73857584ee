extension Explanation {
  /// What is done in parts, by workers, and how it is put together again.
  static let scaleText = #"""
    not-a-shard
    A worker does one part of a run. A part is one of so many equal ones, numbered from 0, or a range of futures, and
    it lies within the run.
    - genops worker simulate budget.yaml --shard 8 --of 8
    + genops worker simulate budget.yaml --shard 7 --of 8
    + genops worker simulate budget.yaml --futures 0-639

    shard-unreadable
    A file among the shards is not what a worker wrote: another file, or one that something has changed.
    + genops worker simulate budget.yaml --shard 0 --of 8 --out shards
    + genops run budget.yaml --shards shards

    shard-truncated
    A shard ends before its last line, or has other lines than that says. A worker that was killed or could not write
    leaves such a shard, and its exit status is not 0. Nothing is put together then.
    + Run the worker of that part again.

    shard-duplicate
    Futures are in two shards. Taken twice they would weigh twice, so nothing is put together.
    + Remove one of the two, or give each file once.

    shard-missing
    Futures are in no shard: a part failed, or has not ended yet.
    + Run the parts that the finding lists, then put all together.

    shard-mismatch
    A shard was walked by another version, with another scenario, file, setting, seed or number of futures, or on a
    machine whose mathematics answer otherwise. Its numbers belong to another result.
    + Run all parts with the same words as 'genops run --shards' has, on machines of one kind.

    unknown-engine
    A run goes past one machine by an engine that is installed there.
    - genops run budget.yaml --engine flink
    + genops run budget.yaml --engine spark --master spark://host:7077

    engine-failed
    The engine ended without a result: a worker failed again and again, there was no room, or it could not be started.
    The folder of the job keeps the SQL, the parts and all that the engine said.
    + genops run budget.yaml --engine spark --dry-run

    not-an-axis
    A sweep varies places of a scenario. Each is named as --set names it, with at least two values between commas, or
    with a range of numbers where --samples draws from it.
    - genops sweep budget.yaml --vary growth.events
    + genops sweep budget.yaml --vary growth.events='1%,2%,3% per month'
    + genops sweep budget.yaml --vary growth.events='1% to 5% per month' --samples 20

    sweep-file
    A sweep remembers in a file what it has run, a line for each scenario. This file holds something else.
    + genops sweep budget.yaml --vary mode=advisory,strict --resume sweep.jsonl
    """#
}
