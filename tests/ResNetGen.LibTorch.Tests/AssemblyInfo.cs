// Random seeds, thread counts, default types and the count of live tensors belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
