using ResNetGen.Native;

namespace ResNetGen.Analyses;

/// <summary>Reads a tree of calls as shares of a step.</summary>
internal static class StepTree
{
    /// <summary>One share for every layer, phase, kind and operation, in the order in which they were first met.</summary>
    /// <param name="calls">The tree; parents before children.</param>
    /// <param name="steps">Steps that were recorded.</param>
    public static IReadOnlyList<StepShare> Shares(IReadOnlyList<RecordedCall> calls, int steps)
    {
        StepKind[] kinds = new StepKind[calls.Count];
        StepPhase[] phases = new StepPhase[calls.Count];
        string?[] layers = new string?[calls.Count];
        bool[] inStep = new bool[calls.Count];
        Dictionary<(string, StepPhase, StepKind, string), (double Calls, double Milliseconds)> sums = [];
        for (int i = 1; i < calls.Count; i++)
        {
            RecordedCall call = calls[i];
            StepKind around = kinds[call.Parent];
            inStep[i] = inStep[call.Parent] || call is { Kind: CallKind.Scope, Name: StepScopes.Step };
            phases[i] = Phase(call, phases[call.Parent], isStep: call.Parent == 0);
            kinds[i] = call.Kind == CallKind.Scope ? Scope(call, around) : StepKinds.Of(call, around == StepKind.Rest && calls[call.Parent].Kind == CallKind.Scope ? StepKind.Outside : around);
            layers[i] = Named(call) ?? call.Layer ?? layers[call.Parent];
            if (!inStep[i])
                continue;

            // Within loss and optimizer the time between operations is theirs; elsewhere a scope's own time is that of no operation.
            StepKind kind = call.Kind == CallKind.Scope && kinds[i] is not (StepKind.Loss or StepKind.Optimizer) ? StepKind.Outside : kinds[i];
            var key = (layers[i] ?? "", phases[i], kind, Operation(call));
            (double count, double milliseconds) = sums.GetValueOrDefault(key);
            sums[key] = (count + call.Count, milliseconds + call.Self.TotalMilliseconds);
        }

        return [.. sums.Select(sum => new StepShare(
            sum.Key.Item1, sum.Key.Item2, sum.Key.Item3, sum.Key.Item4, sum.Value.Calls / steps, sum.Value.Milliseconds / steps))];
    }

    private static string Operation(RecordedCall call) => call.Kind == CallKind.Scope ? "" : Named(call) is { } layer ? call.Name[..^(layer.Length + 1)] : call.Name;

    /// <summary>A native operation may say its layer behind a blank in its name.</summary>
    private static string? Named(RecordedCall call) =>
        call.Kind == CallKind.Operation && call.Name.StartsWith("rn::", StringComparison.Ordinal) && call.Name.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank
            ? call.Name[(blank + 1)..]
            : null;

    private static StepKind Scope(RecordedCall call, StepKind around) => call.Name switch
    {
        StepScopes.Loss => StepKind.Loss,
        StepScopes.Optimizer => StepKind.Optimizer,
        _ => around is StepKind.Loss or StepKind.Optimizer ? around : StepKind.Outside,
    };

    private static StepPhase Phase(RecordedCall call, StepPhase around, bool isStep) => (call.Kind, call.Name) switch
    {
        _ when isStep => StepPhase.Update,
        (CallKind.Backward, _) => StepPhase.Backward,

        // The engine's own work around a backward function.
        (CallKind.Operation, _) when call.Name.StartsWith("autograd::engine::", StringComparison.Ordinal) => StepPhase.Backward,
        (CallKind.Scope, StepScopes.Optimizer) => StepPhase.Update,
        (CallKind.Scope, _) when around == StepPhase.Update => StepPhase.Forward,
        _ when Named(call) is not null => StepPhase.Forward,
        _ => around,
    };
}
