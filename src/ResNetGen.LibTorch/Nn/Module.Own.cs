namespace TorchSharp;

using TorchSharp.Modules;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// A built-in module's parameter changes: the old one is disposed, the new one leaves its dispose scope
            /// (a module outlives the scope it was made in) and is registered.
            /// </summary>
            internal void ReplaceOwn(ref Parameter? field, Parameter? value, string name)
            {
                if (ReferenceEquals(field, value))
                    return;
                field?.Dispose();
                field = value;
                value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, value);
            }

            /// <summary>As for a parameter, for a persistent buffer.</summary>
            internal void ReplaceOwn(ref Tensor? field, Tensor? value, string name)
            {
                if (ReferenceEquals(field, value))
                    return;
                field?.Dispose();
                field = value;
                value?.DetachFromDisposeScope();
                ConditionallyRegisterBuffer(name, value);
            }
        }
    }
}
