// Ranks are threads here, and each run sets torch's default generator: one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
