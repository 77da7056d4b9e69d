//: block
Expect(data.Count == 1 && data.Channels == 2 && data[0].Steps == 2 && data.ClassLabels[data[0].Label] == "walk");
