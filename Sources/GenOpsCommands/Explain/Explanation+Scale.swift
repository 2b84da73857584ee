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
    """#
}
