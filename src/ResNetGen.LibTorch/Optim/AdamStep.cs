namespace TorchSharp.Modules;

/// <summary>The step of both: they differ in where weight decay goes.</summary>
internal static class AdamStep
{
    public static void Run(IEnumerable<Parameter> group, Func<Parameter, OptimizerState> stateOf, in AdamSettings settings, bool decoupled)
    {
        var parameters = group as Parameter[] ?? group.ToArray();
        var states = Array.ConvertAll(parameters, parameter => (IAdamState)stateOf(parameter));
        int count = parameters.Length;
        var handles = new IntPtr[4 * count]; // parameters, first, second, largest
        var steps = new long[count];
        for (int i = 0; i < count; i++)
        {
            handles[i] = parameters[i].Handle;
            handles[count + i] = states[i].First.Handle;
            handles[2 * count + i] = states[i].Second.Handle;
            handles[3 * count + i] = states[i].Largest?.Handle ?? IntPtr.Zero;
            steps[i] = states[i].Step;
        }

        var all = handles.AsSpan();
        int status = NativeMethods.rt_optim_adam(all[..count], all[count..(2 * count)], all[(2 * count)..(3 * count)], all[(3 * count)..], steps, count,
            settings.Lr, settings.Beta1, settings.Beta2, settings.Eps, settings.WeightDecay,
            settings.Amsgrad ? 1 : 0, settings.Maximize ? 1 : 0, decoupled ? 1 : 0);
        for (int i = 0; i < count; i++)
            states[i].Step = steps[i];
        GC.KeepAlive(parameters);
        GC.KeepAlive(states);
        NativeMethods.Check(status);
    }
}
