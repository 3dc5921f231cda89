/** Of the account that owns all that is made up: nobody else is to have it, who could make an instance seem a demo. */
export const demoEmail = 'demo@keyward.example';
