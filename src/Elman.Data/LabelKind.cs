namespace Elman.Data;

/// <summary>What the labels of a file are.</summary>
public enum LabelKind
{
    /// <summary>The one class that a sequence belongs to.</summary>
    Class,

    /// <summary>The classes that apply to a sequence, divided by <c>|</c>; an empty field for none; in <c>.jsonl</c> files a list. Not in
    /// <c>.ts</c> and <c>.arff</c> files.</summary>
    Classes,

    /// <summary>
    /// The class of every step: the label column of a file in long form may change from row to row.
    /// An empty field or <c>?</c> is a step whose class is not known. In <c>.jsonl</c> files a list with one for each step.
    /// </summary>
    Steps,

    /// <summary>
    /// Numbers that belong to a sequence, one for each label column; an empty field, <c>?</c> or <c>NaN</c> is one that is not known.
    /// </summary>
    Numbers,

    /// <summary>There are none: a column is one of labels only where it is named, and then it is passed over. For forecasts.</summary>
    None,

    /// <summary>
    /// Whatever they are: for data whose labels nobody needs. Label columns are found, so that they are not taken for channels; what is in
    /// them is taken for the name of a class where there is one, and never refused.
    /// </summary>
    Any,
}
