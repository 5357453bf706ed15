namespace ResNetGen.Planning;

/// <summary>Lets an operation apply the function after it to what it is about to write.</summary>
internal static class ActivationFusion
{
    public static OperationGraph Fuse(OperationGraph graph) => Rewriting.Run(graph, static (rewriting, operation) =>
    {
        if (operation is not Apply apply || rewriting.OnlyFor<Activated>(apply.Input) is not { After: null } before)
            return operation;

        rewriting.Replace(before, before with { After = apply.Function, Output = apply.Output });
        return null;
    });
}
