namespace ResNetGen.Generators.Models;

/// <summary>A network as its source says it, its specification not yet checked: a value, so that what is equal is checked once.</summary>
/// <param name="Model">The model, with what the user wrote, and with the mistakes that only the source shows.</param>
/// <param name="ValuesAreKnown">Whether its specification is to be checked.</param>
internal sealed record ReadNetwork(NetworkModel Model, bool ValuesAreKnown);
