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
    /// The depth of a CIFAR network is not 6n+2 (basic blocks), 9n+2 (bottlenecks) or 3n+2 (single layers) with n of at least 1. Argument <c>Depth</c>.
    /// Details: {0} the depth, {1} the form, "3n+2", "6n+2" or "9n+2", {2} the block, {3} the next smaller depth of that form
    /// (the smallest there is, where the depth lies below it), {4} the next larger one.
    /// </summary>
    DepthNotOfForm,

    /// <summary>
    /// The depth is none of the few its family has (VGG). Argument <c>Depth</c>.
    /// Details: {0} the depth, {1} the allowed depths, comma-separated, {2} the nearest of them.
    /// </summary>
    DepthNotInFamily,

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
    /// {5} padding, {6} the network's input height, {7} its input width, {8} the smallest value of the argument that works,
    /// {9} where it is not the stride that decides, the pixels a side that the window needs.
    /// </summary>
    FeatureMapVanished,

    /// <summary>
    /// Shortcut A can add channels but cannot take any away. Argument <c>Shortcut</c>.
    /// Details: {0} the block's path, e.g. <c>layer1.0</c>, {1} its input channels, {2} its output channels.
    /// </summary>
    ZeroPaddingReducesChannels,

    /// <summary>
    /// The middle of squeeze-and-excitation would have no channels. Argument <c>SqueezeExcitation.Reduction</c>.
    /// Details: {0} its path, e.g. <c>layer1.0.se</c>, {1} the channels that reach it, {2} the reduction they are divided by.
    /// </summary>
    SqueezeWidthZero,

    /// <summary>
    /// A network of one's own does not say how large its images are. Argument <c>Height</c> or <c>Width</c>.
    /// Details: {0} the argument.
    /// </summary>
    InputSizeMissing,

    /// <summary>
    /// A network of one's own, or one of its branches, has no layers. Layer: the branch, or empty.
    /// Details: {0} the class.
    /// </summary>
    NoLayers,

    /// <summary>
    /// Two properties have the same key in the state_dict. Layer: the second.
    /// Details: {0} the second property, {1} the key, {2} the first property.
    /// </summary>
    KeyTaken,

    /// <summary>
    /// A layer takes its input from a name that no layer of its class has. Argument <c>From</c>.
    /// Details: {0} the layer's path, {1} the name, {2} the layers before it, comma-separated, or an empty text.
    /// </summary>
    SourceUnknown,

    /// <summary>
    /// A layer takes its input from itself or from a layer after it. Argument <c>From</c>.
    /// Details: {0} the layer's path, {1} the name, {2} the layers before it, comma-separated, or an empty text.
    /// </summary>
    SourceNotEarlier,

    /// <summary>
    /// A join has fewer than two inputs. Argument <c>From</c>.
    /// Details: {0} the join's path, {1} how many it has, {2} the layers before it, comma-separated, or an empty text.
    /// </summary>
    JoinNeedsTwo,

    /// <summary>
    /// Nobody takes the output of a layer, and it is not the last one.
    /// Details: {0} the layer's path, {1} its name, {2} the layer after it.
    /// </summary>
    LayerUnused,

    /// <summary>
    /// No residual uses a branch. Layer: the branch. Details: {0} the branch.
    /// </summary>
    BranchUnused,

    /// <summary>
    /// A branch contains a residual of itself. Layer: the residual's member. Details: {0} the residual's path, {1} the branch.
    /// </summary>
    BranchInItself,

    /// <summary>
    /// The groups of a convolution do not divide its channels. Argument <c>Groups</c>.
    /// Details: {0} the layer's path, {1} the groups, {2} input channels, {3} output channels, {4} the largest smaller number that divides both.
    /// </summary>
    GroupsDoNotDivide,

    /// <summary>
    /// What a residual adds has two shapes. Argument <c>Shortcut</c>.
    /// Details: {0} the residual's path, {1} the branch's shape, {2} the shortcut's, {3} what the shortcut is, e.g. <c>the identity</c>,
    /// {4} <c>B</c> where that shortcut would fit, else an empty text.
    /// </summary>
    BranchContradictsShortcut,

    /// <summary>
    /// The identity stands beside a branch that changes the channels. Argument <c>Shortcut</c>.
    /// Details: {0} the residual's path, {1} input channels, {2} the branch's output channels, {3} the shortcuts that fit, e.g. <c>A, B, C</c>.
    /// </summary>
    IdentityChangesChannels,

    /// <summary>
    /// The summands of a join have several shapes. Argument <c>From</c>.
    /// Details: {0} the join's path, {1} a layer, {2} its shape, {3} another layer, {4} its shape.
    /// </summary>
    SummandsDiffer,

    /// <summary>
    /// The maps that a join stacks have several heights or widths. Argument <c>From</c>.
    /// Details: {0} the join's path, {1} a layer, {2} its shape, {3} another layer, {4} its shape.
    /// </summary>
    StackedMapsDiffer,

    /// <summary>
    /// A linear layer is given a feature map. Details: {0} the layer's path, {1} the map's shape, {2} its elements, {3} the layer's name.
    /// </summary>
    LinearTakesVectors,

    /// <summary>
    /// A layer of feature maps is given a vector. Details: {0} the layer's path, {1} the attribute, {2} the vector's length.
    /// </summary>
    LayerTakesMaps,

    /// <summary>
    /// A branch that changes the shape is to be repeated. Argument <c>Repeat</c>.
    /// Details: {0} the residual's path, {1} the repetitions, {2} its input's shape, {3} its output's.
    /// </summary>
    RepeatChangesShape,

    /// <summary>
    /// A layer of a branch is tapped. Details: {0} the layer's path.
    /// </summary>
    TapInBranch,

    /// <summary>
    /// The network's output is not as long as it has classes. Layer: the last one.
    /// Details: {0} its path, {1} what it gives, {2} the classes, {3} <c>Features</c> where the layer is linear, else an empty text.
    /// </summary>
    HeadContradictsClasses,

    /// <summary>
    /// A used network has no feature map of that name. Argument <c>Until</c>.
    /// Details: {0} the layer's path, {1} the used network, {2} the name, {3} its feature maps, comma-separated, or an empty text.
    /// </summary>
    TapUnknown,

    /// <summary>
    /// A used network cannot take what reaches it. Details: {0} the layer's path, {1} the used network, {2} the shape, {3} why.
    /// </summary>
    BackboneRefusesInput,
}
