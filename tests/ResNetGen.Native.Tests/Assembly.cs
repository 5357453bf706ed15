// Autocast, seeds and thread counts are state of the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
