using System.Numerics;

namespace ResNetGen.Weights.PyTorch;

/// <summary>
/// Reads one pickle (protocols 2 to 5, of which PyTorch writes 2). It never calls anything: of the functions and classes that a
/// pickle can name it knows those that tensors are made of, and refuses all others by name.
/// </summary>
internal sealed class PickleMachine
{
    // Each instruction makes at most one value, so that this bounds memory whatever the file says. The state_dict of 1202 layers
    // takes 242,142; beside it there is room for an average and an optimizer with two tensors a weight.
    private const int MostInstructions = 1 << 20;

    private static readonly object s_mark = new();

    private readonly PickleInput _input;
    private readonly string _file;
    private readonly Func<PickleTuple, PickleStorage> _storage;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private long _copied;

    private PickleMachine(Stream stream, string file, Func<PickleTuple, PickleStorage> storage)
    {
        _input = new PickleInput(stream, file);
        _file = file;
        _storage = storage;
    }

    /// <summary>Reads the pickle at the stream's position and leaves the stream behind it.</summary>
    /// <param name="stream">The file; it must know its length.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="storage">Makes a storage of its description in the pickle.</param>
    /// <exception cref="PickleException">The pickle is malformed, or asks for something else than data.</exception>
    public static object? Read(Stream stream, string file, Func<PickleTuple, PickleStorage> storage)
    {
        var machine = new PickleMachine(stream, file, storage);
        int instructions = 0;
        while (machine.Step((PickleCode)machine._input.Byte()))
        {
            if (++instructions == MostInstructions)
                throw machine.Refuse($"more than {MostInstructions:N0} instructions");
        }

        return machine.Pop();
    }

    private bool Step(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.Stop: return false;
            case PickleCode.Protocol: Protocol(_input.Byte()); break;
            case PickleCode.Frame: _input.Int64(); break;
            case PickleCode.Mark: Push(s_mark); break;
            case PickleCode.Pop: Pop(); break;
            case PickleCode.PopMark: Items(); break;
            case PickleCode.Duplicate: Push(Top()); break;
            case PickleCode.None: Push(null); break;
            case PickleCode.True: Push(true); break;
            case PickleCode.False: Push(false); break;
            case PickleCode.Int32: Push((long)_input.Int32()); break;
            case PickleCode.UInt8: Push((long)_input.Byte()); break;
            case PickleCode.UInt16: Push((long)_input.UInt16()); break;
            case PickleCode.Long1: Push(Integer(_input.Byte())); break;
            case PickleCode.Long4: Push(Integer(_input.Int32())); break;
            case PickleCode.Float: Push(_input.Float()); break;
            case PickleCode.Text: Push(_input.Text(_input.UInt32())); break;
            case PickleCode.ShortText or PickleCode.ShortAscii: Push(_input.Text(_input.Byte())); break;
            case PickleCode.LongText: Push(_input.Text(_input.Int64())); break;
            case PickleCode.Ascii: Push(_input.Text(_input.Int32())); break;
            case PickleCode.Bytes: Push(_input.Bytes(_input.UInt32())); break;
            case PickleCode.ShortBytes: Push(_input.Bytes(_input.Byte())); break;
            case PickleCode.LongBytes: Push(_input.Bytes(_input.Int64())); break;
            case PickleCode.EmptyTuple: Push(PickleTuple.Empty); break;
            case PickleCode.Tuple: Push(new PickleTuple(Items())); break;
            case PickleCode.Tuple1: Push(Tuple(1)); break;
            case PickleCode.Tuple2: Push(Tuple(2)); break;
            case PickleCode.Tuple3: Push(Tuple(3)); break;
            case PickleCode.EmptyList: Push(new List<object?>()); break;
            case PickleCode.List: Push(Items()); break;
            case PickleCode.Append: Append([Pop()]); break;
            case PickleCode.Appends: Append(Items()); break;
            case PickleCode.EmptyDict: Push(new PickleDict()); break;
            case PickleCode.Dict: Dict(); break;
            case PickleCode.SetItem: SetItem(); break;
            case PickleCode.SetItems: SetItems(Items()); break;
            case PickleCode.Put: _memo[_input.Byte()] = Top(); break;
            case PickleCode.LongPut: _memo[_input.UInt32()] = Top(); break;
            case PickleCode.Memoize: _memo[_memo.Count] = Top(); break;
            case PickleCode.Get: Push(Remembered(_input.Byte())); break;
            case PickleCode.LongGet: Push(Remembered(_input.UInt32())); break;
            case PickleCode.Global: Push(Known(new PickleGlobal(_input.Line(), _input.Line()))); break;
            case PickleCode.StackGlobal: StackGlobal(); break;
            case PickleCode.Persistent: Push(_storage(Pop<PickleTuple>("the description of a storage"))); break;
            case PickleCode.Reduce: Reduce(); break;
            case PickleCode.NewObject: Reduce(); break;
            case PickleCode.Build: Build(); break;
            default: throw Refuse($"the instruction 0x{(byte)code:x2}, which no file of tensors needs");
        }

        return true;
    }

    private void Protocol(byte version)
    {
        if (version is < 2 or > 5)
            throw Refuse($"pickle protocol {version}; expected 2 to 5");
    }

    private object Integer(long length)
    {
        // PyTorch's own magic number has ten bytes; nothing honest has many more.
        if (length is < 0 or > 64)
            throw Refuse($"an integer of {length:N0} bytes");

        var value = new BigInteger(_input.Bytes(length));
        // Boxed one by one: a conditional expression of both would make every one a BigInteger.
        if (value >= long.MinValue && value <= long.MaxValue)
            return (long)value;
        return value;
    }

    private void StackGlobal()
    {
        string name = Pop<string>("a name"), module = Pop<string>("a module's name");
        Push(Known(new PickleGlobal(module, name)));
    }

    private PickleGlobal Known(PickleGlobal global) => TensorGlobals.IsKnown(global)
        ? global
        : throw new PickleException(
            $"{_file} asks for {global}, which is no part of a tensor. Nothing of the file was run. "
            + "If you trust the file, load it in PyTorch and write the tensors alone: torch.save(model.state_dict(), \"weights.pth\").");

    private void Reduce()
    {
        PickleTuple arguments = Pop<PickleTuple>("arguments");
        PickleGlobal global = Pop<PickleGlobal>("a function");
        // A list that is remembered can be given again and again, and what is made of it is a copy each time.
        if (arguments.Items is [List<object?> list] && (_copied += list.Count) > MostInstructions)
            throw Refuse($"lists that are copied to more than {MostInstructions:N0} elements");

        Push(TensorGlobals.Make(global, arguments, _file));
    }

    // State of an object: a dict's own (_metadata of a state_dict) says nothing of the weights.
    private void Build()
    {
        Pop();
        if (Top() is not PickleDict)
            throw Refuse("the state of something that is no dict");
    }

    private void Dict()
    {
        List<object?> items = Items();
        Push(new PickleDict());
        SetItems(items);
    }

    private void SetItem()
    {
        object? value = Pop(), key = Pop();
        SetItems([key, value]);
    }

    private void SetItems(List<object?> items)
    {
        if (Top() is not PickleDict dict)
            throw Refuse("entries of something that is no dict");
        if (items.Count % 2 != 0)
            throw Refuse("a key without a value");

        for (int i = 0; i < items.Count; i += 2)
            dict.Set(items[i], items[i + 1]);
    }

    private void Append(List<object?> items)
    {
        if (Top() is not List<object?> list)
            throw Refuse("elements of something that is no list");

        list.AddRange(items);
    }

    private PickleTuple Tuple(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            items[i] = Pop();
        return new PickleTuple(items);
    }

    private List<object?> Items()
    {
        // Whatever is passed over here is taken off below, so that a file cannot make this quadratic.
        int mark = _stack.FindLastIndex(value => value == s_mark);
        if (mark < 0)
            throw Refuse("the end of a list without its beginning");

        List<object?> items = _stack.GetRange(mark + 1, _stack.Count - mark - 1);
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private object? Remembered(long index) =>
        _memo.TryGetValue(index, out object? value) ? value : throw Refuse($"a reference to something that was not read (number {index})");

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack.Count > 0 && _stack[^1] != s_mark
        ? _stack[^1]
        : throw Refuse("an instruction on a value that is not there");

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private T Pop<T>(string what) => Pop() is T value ? value : throw Refuse($"something else where {what} should be");

    private PickleException Refuse(string found) => new(
        $"{_file}: found {found}, before byte {_input.Position:N0}. The file is damaged, or was not written by torch.save; write it again with torch.save(model.state_dict(), ...).");
}
