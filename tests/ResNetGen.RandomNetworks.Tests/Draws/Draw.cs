namespace ResNetGen.RandomNetworks.Tests.Draws;

/// <summary>A class with an attribute, drawn at random.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Its declaration.</param>
/// <param name="Expected">What is known of it before anybody has looked.</param>
internal sealed record Draw(string Name, string Source, Expectation Expected);

/// <summary>What a draw is by construction.</summary>
internal enum Expectation
{
    /// <summary>A network: nothing may be said against it.</summary>
    Network,

    /// <summary>No network: something must be said against it.</summary>
    Mistake,

    /// <summary>Either: if nothing is said against it, it must be a network.</summary>
    Either,
}
