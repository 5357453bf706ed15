namespace ResNetGen.Architecture;

/// <summary>What a specification comes to: the network's plan, or the problems that stand in its way.</summary>
internal readonly record struct Resolution(NetworkPlan? Plan, EquatableArray<Problem> Problems);
