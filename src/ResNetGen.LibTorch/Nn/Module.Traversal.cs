namespace TorchSharp;

using TorchSharp.Modules;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (name, parameter) in _internal_params)
                {
                    if (FirstSight(seen, parameter))
                        yield return (name, parameter);
                }

                if (!recurse)
                    yield break;
                foreach (var (prefix, module) in _internal_submodules)
                {
                    foreach (var (name, parameter) in module.named_parameters(true))
                    {
                        if (FirstSight(seen, parameter))
                            yield return ($"{prefix}.{name}", parameter);
                    }
                }
            }

            /// <summary>Persistent buffers; non-persistent ones never appear, whatever the argument says.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (name, (buffer, persistent)) in _internal_buffers)
                {
                    if (persistent && FirstSight(seen, buffer))
                        yield return (name, buffer);
                }

                if (!recurse)
                    yield break;
                foreach (var (prefix, module) in _internal_submodules)
                {
                    foreach (var (name, buffer) in module.named_buffers(true, include_nonpersistent))
                    {
                        if (FirstSight(seen, buffer))
                            yield return ($"{prefix}.{name}", buffer);
                    }
                }
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            /// <summary>Direct children first, then what is below them; not this module itself.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in _internal_submodules)
                    yield return child;
                foreach (var (prefix, child) in _internal_submodules)
                {
                    foreach (var (name, module) in child.named_modules())
                        yield return ($"{prefix}.{name}", module);
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true)
                => named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual IEnumerable<Module> children() => named_children().Select(c => c.module);

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual bool has_buffer(string target)
                => _internal_buffers.ContainsKey(target) || Below(target).Any(c => c.module.has_buffer(c.rest));

            public virtual bool has_parameter(string target)
                => _internal_params.ContainsKey(target) || Below(target).Any(c => c.module.has_parameter(c.rest));

            public virtual Tensor? get_buffer(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                return _internal_buffers.TryGetValue(target, out var own)
                    ? own.Item1
                    : Below(target).Select(c => c.module.get_buffer(c.rest)).FirstOrDefault(b => b is not null);
            }

            public virtual Parameter? get_parameter(string target)
                => _internal_params.TryGetValue(target, out var own)
                    ? own
                    : Below(target).Select(c => c.module.get_parameter(c.rest)).FirstOrDefault(p => p is not null);

            protected virtual (string name, Parameter parameter)[] _named_parameters() => named_parameters(false).ToArray();

            protected virtual (string name, Tensor buffer)[] _named_buffers() => named_buffers(false).ToArray();

            protected virtual Parameter[] _parameters(bool recurse = true) => parameters(recurse).ToArray();

            /// <summary>The children a dotted path goes through, each with the rest of the path.</summary>
            private IEnumerable<(Module module, string rest)> Below(string target)
            {
                int dot = target.IndexOf('.');
                if (dot < 0)
                    yield break;
                string first = target[..dot], rest = target[(dot + 1)..];
                foreach (var (name, module) in named_children())
                {
                    if (name == first)
                        yield return (module, rest);
                }
            }

            /// <summary>Whether a live tensor is met for the first time: one tensor under two names counts once.</summary>
            internal static bool FirstSight(HashSet<IntPtr> seen, Tensor? tensor)
                => tensor is not null && !tensor.IsInvalid && seen.Add(tensor.Handle);
        }
    }
}
