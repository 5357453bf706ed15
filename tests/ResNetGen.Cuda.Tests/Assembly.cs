// Dispose scopes, streams and torch's generators belong to a thread or to all of them: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
