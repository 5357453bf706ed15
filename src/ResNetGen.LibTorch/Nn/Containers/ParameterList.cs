namespace TorchSharp
{
    using TorchSharp.Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}

namespace TorchSharp.Modules
{
    using System.Collections;
    using System.Globalization;
    using static TorchSharp.torch;

    /// <summary>A list of parameters under the keys "0", "1", ...</summary>
    public class ParameterList : nn.Module, IList<Parameter>
    {
        private readonly List<Parameter> _list = [];
        private bool _registered;

        public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => append(parameters);

        protected override void RegisterComponents()
        {
            if (_registered)
                return;
            for (int i = 0; i < _list.Count; i++)
                register_parameter(Sequential.NextName(i), _list[i]);
            _registered = true;
        }

        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            => _list.Select((parameter, i) => (Sequential.NextName(i), parameter));

        public override bool has_parameter(string target) => get_parameter(target) is not null;

        public override Parameter? get_parameter(string target)
            => int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _list.Count ? _list[index] : null;

        protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
        {
            for (int i = 0; i < _list.Count; i++)
            {
                if (!ReplaceParameter(dtype, device, _list[i], out var replacement))
                    continue;
                _list[i].Dispose();
                _list[i] = replacement!;
                if (_registered)
                    ConditionallyRegisterParameter(Sequential.NextName(i), replacement);
            }
            if (device is not null)
                (_deviceType, _deviceIndex) = (device.type, device.index);
        }

        public Parameter this[int index]
        {
            get => _list[index];
            set => _list[index] = value;
        }

        public int Count => _list.Count;

        public bool IsReadOnly => false;

        public void Add(Parameter item) => _list.Add(item);

        public void append(params Parameter[] parameters) => _list.AddRange(parameters ?? []);

        public void extend(IEnumerable<Parameter> parameters) => _list.AddRange(parameters);

        public void Insert(int index, Parameter item) => _list.Insert(index, item);

        public bool Remove(Parameter item)
        {
            int index = IndexOf(item);
            if (index < 0)
                return false;
            _list.RemoveAt(index);
            return true;
        }

        public void RemoveAt(int index) => _list.RemoveAt(index);

        public void Clear() => _list.Clear();

        public bool Contains(Parameter item) => IndexOf(item) >= 0;

        // By identity: Equals on tensors compares values and == is elementwise.
        public int IndexOf(Parameter item) => _list.FindIndex(parameter => ReferenceEquals(parameter, item));

        public void CopyTo(Parameter[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        public IEnumerator<Parameter> GetEnumerator() => _list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => _list.GetEnumerator();
    }
}
