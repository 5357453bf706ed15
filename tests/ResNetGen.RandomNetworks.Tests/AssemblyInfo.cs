using Xunit;

// What a network draws comes from torch's one generator.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
