using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>
/// Every message we give. Form: what was expected, what was found, along which path, and what to write instead.
/// An id is never used again for something else; a new id needs a row in AnalyzerReleases.Unshipped.md and a page. Every help link
/// begins with HelpPages, which the build writes: the address of the pages where the repository is published.
/// </summary>
internal static partial class Descriptors
{
    /// <summary>Those that <see cref="DatasetAnalyzer"/> and <see cref="RecipeAnalyzer"/> give: they are about the use of a network, not its declaration.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfUses => [DatasetMismatch, RecipeDeviates];

    /// <summary>All of them, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All =>
    [
        NotPartial, ContainingTypeNotPartial, WrongKindOfType, WrongBaseClass, FileLocal, TwoFamilies,
        LayersSplit, TwoLayers, WrongMember, ReservedName, LanguageTooOld, KeyTaken, NotABranch, NoLayers, ModifierWithoutNetwork,
        DepthNotStandard, DepthNotOfForm, StagesContradictDepth, GroupsOnBasicBlocks, DepthNotVgg, GroupsDoNotDivide, ValueOutOfRange,
        SqueezeWidthZero, OptionWithoutMeaning, DepthMissing, BlockMissing, InputSizeMissing,
        FeatureMapVanished, BranchContradictsShortcut, IdentityChangesChannels, ZeroPaddingReducesChannels,
        SummandsDiffer, StackedMapsDiffer, OddMapBeforeAverage, LinearTakesVectors, WrongEdge, LayerTakesMaps, RepeatChangesShape, TapInBranch,
        HeadContradictsClasses,
        WeightsOfOtherClasses, WeightsOfAnotherNetwork, WeightsOfOtherStrides, BackboneUnusable, DatasetMismatch, UnknownWeights,
        TooManyParameters, TooManyMultiplyAdds, NotThePapersShortcut,
        GateBiasThatFailed, DeepWithoutPreActivation, ReLUAfterPreActivation, BiasBeforeBatchNorm, NetworkCosts, RecipeDeviates,
    ];
}
