namespace TorchSharp;

using TorchSharp.Modules;
using TorchSharp.Utils;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A node of the module tree: named parameters, buffers and submodules.</summary>
        /// <remarks>
        /// All state is managed; there is no native module behind it, so a module costs three dictionaries and
        /// no handle. The rest of the class is in Module.*.cs, one subject a file.
        /// </remarks>
        public partial class Module : IDisposable
        {
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;

            protected OrderedDict<string, Module> _internal_submodules = new();

            /// <summary>The buffers by name, each with whether it belongs in the state dict.</summary>
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();

            protected OrderedDict<string, Parameter> _internal_params = new();

            /// <summary>A label for messages; never part of a key.</summary>
            protected string? name;

            private bool _training = true;
            private bool _disposed;

            protected Module(string name) => this.name = name;

            private protected Module() { }

            ~Module() => Dispose(false);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Releases parameters and buffers of this module and of everything below it.</summary>
            protected virtual void Dispose(bool disposing)
            {
                // Tensors have finalizers of their own; a finalized module must not touch them.
                if (!disposing || _disposed)
                    return;

                foreach (var (_, (buffer, _)) in _internal_buffers)
                    buffer.DetachFromDisposeScope().Dispose();
                foreach (var (_, parameter) in named_parameters(false))
                    parameter.DetachFromDisposeScope().Dispose();
                foreach (var (_, module) in named_modules())
                    module.Dispose();

                _disposed = true;
            }

            public virtual bool training => _training;

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children())
                    child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Runs <paramref name="fn"/> on every submodule, children first, then on this module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in _internal_submodules)
                    child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Drops the gradients of all parameters, or fills them with zeros.</summary>
            public virtual void zero_grad(bool set_to_none = true) => Gradients.Clear(parameters(), set_to_none);

            public virtual string GetName() => name ?? GetType().Name;

            public static Module Create<T>(string path) where T : Module, new() => new T().load(path);

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null)
                => (device ?? get_default_device(), dtype ?? get_default_dtype());
        }
    }
}
