using ResNetGen.Generators.Emission.Classes;

namespace ResNetGen.Generators.Emission.Forward;

/// <summary>How a block knows whether it has a pre-activation of its own, where not all blocks have one.</summary>
internal static class PreActivation
{
    /// <summary>The field that says so where no child does: ReLU alone is no module.</summary>
    public const string Field = "_preActivates";

    /// <summary>The expression that is true where the block has one.</summary>
    public static string Test(ModuleClass owner, Slot before) => Child(owner, before) is { } child ? $"{child.Property} is not null" : Field;

    /// <summary>The pre-activation that needs the field, in a class that has one.</summary>
    public static Slot? WithField(ModuleClass owner) => Find(owner.Body, owner);

    private static Child? Child(ModuleClass owner, Slot before) =>
        owner.Children.FirstOrDefault(child => before.Elements.Contains(child.Slot));

    private static Slot? Find(Slot slot, ModuleClass owner)
    {
        if (slot.Residual is { Before: { IsOptional: true } before } && Child(owner, before) is null)
            return before;

        return slot.Elements.Select(element => Find(element, owner)).FirstOrDefault(found => found is not null);
    }
}
