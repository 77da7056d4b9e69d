//: block
Expect(options.FindProblems().Count == 0 && plain.FindProblems().Count == 0 && chosen.FindProblems().Count == 0);
Expect(((LstmOptions)options.Cell).Peepholes && chosen.IsAuto && plain.Cell.Name == "gru");
