/** The English names of the signs of the security code, in the order of `codeEmoji`. Another language has such a list, too. */
/* prettier-ignore */
export const englishEmoji: readonly string[] = [
  "Elephant", "Turtle", "Octopus", "Snail", "Honeybee", "Butterfly", "Dolphin", "Camel",
  "Duck", "Crab", "Snake", "Cactus", "Mushroom", "Sunflower", "Pine tree", "Rose",
  "Leaf", "Apple", "Banana", "Grapes", "Cherries", "Lemon", "Carrot", "Burger",
  "Bread", "Egg", "Pizza", "Birthday cake", "Doughnut", "Lollipop", "Coffee", "Rainbow",
  "Lightning", "Moon", "Star", "Fire", "Volcano", "Umbrella", "Sailboat", "Key",
  "Hammer", "Anchor", "Bell", "Balloon", "Gift", "Hat", "Crown", "Glasses",
  "Shoe", "Book", "Clock", "Lamp", "Guitar", "Trumpet", "Drum", "Dice",
  "Football", "Bicycle", "Bus", "Train", "Rocket", "Tent", "House", "Diamond",
];
