namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with one input. forward is what it computes; call also runs the hooks.</summary>
        public abstract class Module<T, TResult>
            : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name) : base(name) { }

            protected Module(IntPtr handle, IntPtr boxedHandle) : base(handle, boxedHandle) { }

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                RunModulePreHooks();
                if (pre_hooks.Count > 0)
                {
                    foreach (var hook in pre_hooks.Values)
                        input = hook(this, input) ?? input;
                }

                var result = forward(input);

                if (post_hooks.Count > 0)
                {
                    foreach (var hook in post_hooks.Values)
                        result = hook(this, input, result) ?? result;
                }
                RunModulePostHooks();
                return result;
            }
        }

        /// <summary>A module with two inputs.</summary>
        public abstract class Module<T1, T2, TResult>
            : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>,
              IModule<T1, T2, TResult>
        {
            protected Module(string name) : base(name) { }

            protected Module(IntPtr handle, IntPtr boxedHandle) : base(handle, boxedHandle) { }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2)
            {
                RunModulePreHooks();
                if (pre_hooks.Count > 0)
                {
                    foreach (var hook in pre_hooks.Values)
                        (input1, input2) = hook(this, input1, input2) ?? (input1, input2);
                }

                var result = forward(input1, input2);

                if (post_hooks.Count > 0)
                {
                    foreach (var hook in post_hooks.Values)
                        result = hook(this, input1, input2, result) ?? result;
                }
                RunModulePostHooks();
                return result;
            }
        }

        /// <summary>A module with three inputs.</summary>
        public abstract class Module<T1, T2, T3, TResult>
            : HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>, Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>,
              IModule<T1, T2, T3, TResult>
        {
            protected Module(string name) : base(name) { }

            protected Module(IntPtr handle, IntPtr boxedHandle) : base(handle, boxedHandle) { }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                RunModulePreHooks();
                if (pre_hooks.Count > 0)
                {
                    foreach (var hook in pre_hooks.Values)
                        (input1, input2, input3) = hook(this, input1, input2, input3) ?? (input1, input2, input3);
                }

                var result = forward(input1, input2, input3);

                if (post_hooks.Count > 0)
                {
                    foreach (var hook in post_hooks.Values)
                        result = hook(this, input1, input2, input3, result) ?? result;
                }
                RunModulePostHooks();
                return result;
            }
        }
    }
}
