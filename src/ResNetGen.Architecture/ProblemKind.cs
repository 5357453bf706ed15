namespace ResNetGen.Architecture;

/// <summary>What can be wrong with a specification. Each kind says which details its <see cref="Problem"/> carries.</summary>
public enum ProblemKind
{
    /// <summary>
    /// Neither a depth nor stages were given. Argument <c>Depth</c>.
    /// Details: {0} what may be written, e.g. <c>18, 34, 50, 101, 152, 200</c> or <c>20, 32, 44, 56, 110</c>.
    /// </summary>
    DepthMissing,

    /// <summary>
    /// The depth is none of the standard ones for its block. Argument <c>Depth</c>.
    /// Details: {0} the depth, {1} the block ("Basic", "Bottleneck", or "Auto" where any will do), {2} the allowed depths,
    /// comma-separated, {3} the nearest of them.
    /// </summary>
    DepthNotStandard,

    /// <summary>
    /// The depth of a CIFAR network is not 6n+2 (basic blocks) or 9n+2 (bottlenecks) with n of at least 1. Argument <c>Depth</c>.
    /// Details: {0} the depth, {1} the form, "6n+2" or "9n+2", {2} the block, {3} the next smaller depth of that form
    /// (the smallest there is, where the depth lies below it), {4} the next larger one.
    /// </summary>
    DepthNotOfForm,

    /// <summary>
    /// Stages and Depth were both given and disagree. Argument <c>Stages</c>.
    /// Details: {0} the stages, e.g. <c>[3, 4, 36, 3]</c>, {1} the weighted layers they make, {2} the depth, {3} the block,
    /// {4} the stages of that depth, or an empty text where the depth is not standard for the block.
    /// </summary>
    StagesContradictDepth,

    /// <summary>
    /// Stages were given without Depth, and Block does not say which block they count. Argument <c>Block</c>.
    /// Details: {0} the stages, {1} the weighted layers they make of basic blocks, {2} of bottlenecks.
    /// </summary>
    BlockMissing,

    /// <summary>
    /// Groups or WidthPerGroup on basic blocks, which have neither. Argument <c>Groups</c> or <c>WidthPerGroup</c>.
    /// Details: {0} the argument, {1} its value, {2} the only value basic blocks allow.
    /// </summary>
    GroupsOnBasicBlocks,

    /// <summary>
    /// An option was set that changes nothing in this network. Argument: the option.
    /// Details: {0} the option, {1} what it was set to, {2} the network it has no meaning for, {3} what it needs to have one.
    /// </summary>
    OptionWithoutMeaning,

    /// <summary>
    /// A value lies outside its range. Argument: the option.
    /// Details: {0} the option, {1} the value, {2} the smallest allowed value, {3} the largest (for enums: {2} the names, {3} empty).
    /// </summary>
    ValueOutOfRange,

    /// <summary>
    /// A layer strides over a feature map smaller than its stride, so that nothing is left to shrink.
    /// Argument <c>Height</c> or <c>Width</c>, whichever ran out first.
    /// Details: {0} the layer's path, e.g. <c>layer4.0.conv1</c>, {1} its input height, {2} its input width, {3} kernel, {4} stride,
    /// {5} padding, {6} the network's input height, {7} its input width, {8} the smallest value of the argument that works.
    /// </summary>
    FeatureMapVanished,

    /// <summary>
    /// Shortcut A can add channels but cannot take any away. Argument <c>Shortcut</c>.
    /// Details: {0} the block's path, e.g. <c>layer1.0</c>, {1} its input channels, {2} its output channels.
    /// </summary>
    ZeroPaddingReducesChannels,
}
