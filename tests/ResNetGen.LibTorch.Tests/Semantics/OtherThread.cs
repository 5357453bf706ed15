namespace ResNetGen.LibTorch.Tests.Semantics;

/// <summary>Modes and scopes are per thread: this runs a function on a thread of its own.</summary>
internal static class OtherThread
{
    internal static T Run<T>(Func<T> function)
    {
        T result = default!;
        var thread = new Thread(() => result = function());
        thread.Start();
        thread.Join();
        return result;
    }
}
