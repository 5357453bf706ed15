namespace ResNetGen.Analyses;

/// <summary>What one operation of one layer took of a step.</summary>
/// <param name="Layer">The layer by its name in the state_dict, such as <c>layer3.22.conv2</c>; a block's own operations (addition, ReLU) stand under the block's. Empty for what belongs to no layer.</param>
/// <param name="Phase">The part of the step.</param>
/// <param name="Kind">The kind of work.</param>
/// <param name="Operation">The operation's name in torch, such as <c>aten::mkldnn_convolution</c>; empty for time outside of operations.</param>
/// <param name="Calls">Calls in one step.</param>
/// <param name="Milliseconds">Time in one step that the operation spent itself.</param>
public sealed record StepShare(string Layer, StepPhase Phase, StepKind Kind, string Operation, double Calls, double Milliseconds);
