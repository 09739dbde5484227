//! The groups that people have put attributes in.

use crate::error::{Error, Result};
use crate::store::Store;
use std::collections::BTreeMap;

impl Store {
    /// Puts an attribute into a group, whatever its name tells.
    pub async fn set_attribute_group(&self, attribute: &str, group: &str) -> Result<()> {
        let upsert = "INSERT INTO attribute_groups (attribute, grouping_name) VALUES ($1, $2)
            ON CONFLICT (attribute) DO UPDATE SET grouping_name = excluded.grouping_name";
        let mut transaction = self.database.begin().await?;
        transaction.execute(upsert, &[attribute.into(), group.into()]).await?;
        transaction.commit().await
    }

    /// Leaves the group of an attribute to its name again.
    ///
    /// Errors: `NotFound` if nobody has said anything of it.
    pub async fn forget_attribute_group(&self, attribute: &str) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        let delete = "DELETE FROM attribute_groups WHERE attribute = $1";
        if transaction.execute(delete, &[attribute.into()]).await? == 0 {
            return Err(Error::NotFound { what: "group of the attribute", name: attribute.into() });
        }
        transaction.commit().await
    }

    /// What people have said of attributes' groups, by attribute.
    pub async fn attribute_groups(&self) -> Result<BTreeMap<String, String>> {
        let select = "SELECT attribute, grouping_name FROM attribute_groups ORDER BY attribute";
        let rows = self.database.fetch(select, &[]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
    }
}
