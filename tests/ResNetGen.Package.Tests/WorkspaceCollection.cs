namespace ResNetGen.Package.Tests;

/// <summary>The tests that build projects share one cache, one pair of native libraries and the machine's cores.</summary>
[CollectionDefinition(nameof(Workspace))]
public sealed class WorkspaceCollection : ICollectionFixture<Workspace>;
