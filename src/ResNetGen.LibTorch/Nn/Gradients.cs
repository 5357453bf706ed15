namespace TorchSharp;

using TorchSharp.Modules;

/// <summary>The native handles of many parameters, for one call about all their gradients.</summary>
internal static class Gradients
{
    public static void Clear(IEnumerable<Parameter> parameters, bool toNone)
        => Call(parameters, handles => NativeMethods.Check(toNone
            ? NativeMethods.rt_grad_none(handles, handles.Length)
            : NativeMethods.rt_grad_zero(handles, handles.Length)));

    public static double ClipNorm(IEnumerable<Parameter> parameters, double maxNorm, double normType)
    {
        double total = 0;
        Call(parameters, handles => NativeMethods.Check(NativeMethods.rt_grad_clip_norm(handles, handles.Length, maxNorm, normType, out total)));
        return total;
    }

    public static void ClipValue(IEnumerable<Parameter> parameters, double limit)
        => Call(parameters, handles => NativeMethods.Check(NativeMethods.rt_grad_clip_value(handles, handles.Length, limit)));

    /// <summary>Runs the call with the handles of all parameters, which stay alive until it returns.</summary>
    public static void Call(IEnumerable<Parameter> parameters, Action<IntPtr[]> call)
    {
        var alive = parameters.ToArray();
        call(Array.ConvertAll(alive, parameter => parameter.Handle));
        GC.KeepAlive(alive);
    }
}
